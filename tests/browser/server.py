"""Start the app as a user does, on a free port, and stop it again."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# How long a start may take before we call it failed: compiling the rules on a slow machine is part of it.
PATIENCE = 180.0


@contextmanager
def running_app(log: Path, script: Path = ROOT / "app.py", root: Path = ROOT) -> Iterator[str]:
    """Run the Streamlit `script` in folder `root` and give its address; what it prints goes to `log`.

    Raises RuntimeError, with the end of the log, when it stops or does not answer.
    """
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    words += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    # What the tests demand of their own process (such as no warnings) is not what a user starts the app with.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    environment["LEADTIME_EXPERIMENTS_DIR"] = str(log.parent / "experiments")  # nothing is kept from before
    environment["LEADTIME_DATABASE_URL"] = f"sqlite:///{log.parent / 'games.sqlite'}"
    with log.open("wb") as output:
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(words, cwd=root, env=environment, **streams)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address, process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the app at `address` answers its health check; raise RuntimeError when it will not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:  # refused, or not speaking yet: urllib's own errors are OSErrors too
            time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"the app did not start (exit code {process.poll()}); its last words:\n{said}")
