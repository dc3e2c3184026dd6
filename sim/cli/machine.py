"""`sim app`, `sim warm` and `sim bench`: what depends on the machine it runs on."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from sim.cli.files import check_out, write_out
from sim.cli.say import Refused, console, json_text, note, print_json
from sim.evidence.facts import quoted

ROOT = Path(__file__).resolve().parents[2]
WAIT = 120.0  # seconds for the app to answer: the first start on a slow machine compiles Python files
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def app(
    port: Annotated[int, typer.Option(metavar="N", help="Port to use; 0 takes a free one.")] = 0,
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to answer on.")] = "127.0.0.1",
) -> None:
    """Start the app and print its address; Ctrl-C stops it."""
    page = ROOT / "app.py"
    if not page.is_file():
        raise Refused(f"there is no {quoted(page)}: run the app from a checkout of the project")
    chosen = free_port(address, port)
    server = subprocess.Popen(streamlit_words(page, address, chosen), cwd=ROOT, stdout=subprocess.DEVNULL)
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        _say_when_ready(server, address, chosen)
        code = server.wait()
    except KeyboardInterrupt:
        code = 0
    finally:
        _end(server)
        signal.signal(signal.SIGTERM, before)
    raise typer.Exit(1 if code else 0)


def free_port(address: str, port: int) -> int:
    """The port itself where it is free, or a free one for 0; raises Refused."""
    if not 0 <= port <= 65535:
        raise Refused(f"--port: {port} is not between 0 and 65535")
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
    except (OSError, UnicodeError):
        raise Refused(f"--address: {quoted(address)} is not an address of this machine") from None
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if sys.platform != "win32":  # there it would allow a port that is in use
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            raise Refused(f"cannot answer on {address} port {port}: {error.strerror}") from None
        return int(trial.getsockname()[1])


def streamlit_words(page: Path, address: str, port: int) -> list[str]:
    """The command that serves the page without opening a browser or asking anything."""
    return [
        sys.executable, "-m", "streamlit", "run", str(page), "--server.headless", "true",
        "--server.address", address, "--server.port", str(port), "--browser.gatherUsageStats", "false",
    ]  # fmt: skip


def _say_when_ready(server: subprocess.Popen[bytes], address: str, port: int) -> None:
    import urllib.request

    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    host = f"[{host}]" if ":" in host else host
    link = f"http://{host}:{port}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + WAIT
    while server.poll() is None and time.monotonic() < end:
        try:
            with opener.open(f"{link}/_stcore/health", timeout=2):
                print(f"Leadtime is at {link} (Ctrl-C stops it)", flush=True)
                return
        except OSError:  # also what urllib raises
            time.sleep(0.1)
    if server.poll() is None:
        raise Refused(f"the app has not answered at {link} within {WAIT:.0f} seconds")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(server: subprocess.Popen[bytes]) -> None:
    """Let the server finish, first asked and then made to."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def warm() -> None:
    """Compile the rules once for this machine."""
    from sim.game import warm as game
    from sim.model.compiled import is_warm, without_compilation

    if without_compilation():
        print("nothing to compile: NUMBA_DISABLE_JIT is set")
        return
    if is_warm() and game.is_warm():
        print("the rules are compiled already")
        return
    note("compiling the rules for this machine; this happens once and takes a minute or two")
    from sim.experiment.ensemble import run
    from sim.policy.scenario import load_scenario

    start = time.perf_counter()
    run(load_scenario("baseline"), replications=1)
    game.warm()
    print(f"the rules are compiled, in {time.perf_counter() - start:.0f} s")


def bench(
    replications: Annotated[int, typer.Option(metavar="N", help="Compiled replications to time.")] = 200,
    mesa_replications: Annotated[int, typer.Option(metavar="N", help="Replications of Mesa agents.")] = 3,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the plot as .svg or .html, or all as .json.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure how fast this machine runs the model.

    Compiled, as Mesa agents and as plain Python, and how the time grows with the size of the market.
    """
    from sim.experiment.bench import LARGEST, measure

    check_out(out, (".svg", ".html", ".json"))
    for option, number in (("--replications", replications), ("--mesa-replications", mesa_replications)):
        if not 1 <= number <= LARGEST:
            raise Refused(f"{option} must lie between 1 and {LARGEST}; got {number}")
    report = measure(replications, mesa_replications, note)
    from sim.report.growth import growth_html, growth_svg

    write_out(out, {".svg": lambda: growth_svg(report["growth"]), ".html": lambda: growth_html(report),
                    ".json": lambda: json_text(report)})  # fmt: skip
    if as_json:
        print_json(report)
    else:
        console().print(_bench_report(report))


def _bench_report(report: dict[str, Any]) -> Any:
    from rich.console import Group

    from sim.cli.result_tables import table
    from sim.report.growth import UNITS, bar

    compiled = report["compiled_ms"]
    rows = [
        (label, f"{report[key]:,.2f} ms", f"{report[key] / compiled:,.0f} x", goal)
        for label, key, goal in (
            ("compiled, one core", "compiled_ms", "at most 0.5 ms"),
            ("Mesa agents", "mesa_ms", "at most 250 ms"),
            ("plain Python", "python_ms", "–"),
        )
    ]
    speed = table(
        "Processor time of one replication (32 states, ten years)",
        ("How", "Time", "Against compiled", "Goal"),
        rows,
    )
    parts: list[Any] = [
        speed,
        f"1,000 replications on all cores: {report['thousand_s']:.2f} s (goal: at most 0.4 s)",
        f"attribution of six levers, {report['attribution_runs']:,} replications on all cores: "
        f"{report['attribution_s']:.2f} s (goal: at most 3 s)",
    ]
    parts.append(
        f"mean of {report['contracts']:,.0f} contracts and {report['draws']:,.0f} draws a replication"
    )
    for name, points in report["growth"].items():
        most = max(point["ms"] for point in points)
        lines = [
            (
                f"{point['size']:,}",
                f"{point['ms']:,.2f} ms",
                f"{point['contracts']:,.0f}",
                bar(point["ms"] / most),
            )
            for point in points
        ]
        made = table(f"Growth with {name} ({UNITS[name]})", ("Size", "Time", "Contracts", ""), lines)
        made.columns[-1].justify = "left"
        parts.append(made)
    parts.append(", ".join(f"{key} {value}" for key, value in report["machine"].items()))
    return Group(*parts)
