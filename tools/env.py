"""Prepare `.venv` at the root of the project and run Leadtime or its tests in it.

    python tools/env.py env     prepare .venv (add --dev for what tests need)
    python tools/env.py run     prepare it, warm the compiled rules, start the app; options go to `sim app`
    python tools/env.py test    prepare it and run every check; options go to pytest
    python tools/env.py lock    resolve the two lock files anew from pyproject.toml

Standard library only: this file runs before anything is installed, on Linux, macOS and Windows. Its syntax is
kept plain so that a Python too old for Leadtime can still read it and say so.
"""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
COMMANDS = ("env", "run", "test", "lock")
LOCK_HEADER = "# Made by `make lock` from pyproject.toml; do not edit. Every file is held by its hash.\n"


def main(arguments):
    """Carry out one command line and return its exit code."""
    if sys.version_info[:2] < OLDEST:
        return refuse(
            "Leadtime needs Python 3.11 or newer and this is {}.{}: install a newer one, then "
            "`make PYTHON=python3.11 run` (or `py -3.11 tools\\env.py run`).".format(*sys.version_info[:2])
        )
    command, rest = (arguments[0], arguments[1:]) if arguments else ("env", [])
    if command not in COMMANDS:
        return refuse("There is no command {!r}: say one of {}.".format(command, ", ".join(COMMANDS)))
    if command == "env" and rest not in ([], ["--dev"]):
        return refuse("`env` takes no option but --dev.")
    try:
        prepare("dev" if command in ("test", "lock") or "--dev" in rest else "runtime")
        return {"env": _env, "run": _run, "test": _test, "lock": _lock}[command](rest)
    except subprocess.CalledProcessError as error:
        shown = " ".join(str(part) for part in error.cmd)
        return refuse(f"This step failed with exit code {error.returncode}: {shown}")
    except MissingVenv as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return 130


class MissingVenv(Exception):
    """This Python cannot make a virtual environment; the text says what to install."""


def refuse(sentence):
    """Print one sentence on the error stream and return exit code 1."""
    print("leadtime: " + sentence, file=sys.stderr)
    return 1


def prepare(kind):
    """Make `.venv` hold exactly what the lock of `kind` (runtime or dev) names; free when it already does.

    The dev lock contains the runtime lock, so an environment prepared for tests also runs the app.
    """
    lasting = ("dev",) if kind == "dev" else ("runtime", "dev")
    if PYTHON.exists() and any(read_stamp(each) == wanted_stamp(each) for each in lasting):
        return
    if not PYTHON.exists():
        make_venv()
    print(f"leadtime: installing what {LOCKS[kind].name} names into .venv", file=sys.stderr, flush=True)
    for each in LOCKS:
        stamp_path(each).unlink(missing_ok=True)
    install(LOCKS[kind])
    stamp_path(kind).write_text(wanted_stamp(kind) + "\n", encoding="utf-8")


def make_venv():
    """Make an empty `.venv`, replacing one whose Python is gone; raise MissingVenv if this Python cannot."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise MissingVenv(
            "This Python has no venv or pip of its own: install them "
            "(on Debian and Ubuntu as root: apt-get install python3-venv) and say it again."
        )
    print(f"leadtime: making .venv with {sys.executable}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install(lock):
    """Install a lock by its hashes, then the project itself in place, with uv or, failing that, with pip."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    uv = [str(PYTHON), "-m", "uv", "--quiet", "--no-progress", "pip"]
    from_lock = ["--require-hashes", "-r", str(lock)]
    # The build tools are in the lock too, so building the project fetches nothing more.
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    if install_uv(pip, lock):
        target = ["--python", str(PYTHON), "--compile-bytecode"]
        subprocess.run([*uv, "install", *target, *from_lock], check=True, cwd=ROOT)
        subprocess.run([*uv, "install", *target, *project], check=True, cwd=ROOT)
    else:
        print("leadtime: uv does not run here; pip installs, which takes longer", file=sys.stderr, flush=True)
        subprocess.run([*pip, "install", "--quiet", *from_lock], check=True, cwd=ROOT)
        subprocess.run([*pip, "install", "--quiet", *project], check=True, cwd=ROOT)


def install_uv(pip, lock):
    """Install the uv that the lock names, by its hashes; return whether it then runs on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(block(lock.read_text(encoding="utf-8"), "uv"), encoding="utf-8")
        wheel_only = ["install", "-qq", "--only-binary", ":all:", "--require-hashes", "-r", str(only_uv)]
        if subprocess.run([*pip, *wheel_only]).returncode != 0:
            return False
    return subprocess.run([str(PYTHON), "-m", "uv", "--version"], stdout=subprocess.DEVNULL).returncode == 0


def block(lock_text, name):
    r"""Return the lines of a lock that pin the package `name`; raise KeyError if none does.

    >>> block("a==1 \\\n    --hash=sha256:0\nb==2 \\\n    --hash=sha256:1\n", "b")
    'b==2 \\\n    --hash=sha256:1\n'
    """
    found = re.search(rf"^{re.escape(name)}==.*\n(?:[ \t]+.*\n)*", lock_text, flags=re.MULTILINE)
    if found is None:
        raise KeyError(f"no {name} in the lock: add it to the build group of pyproject.toml")
    return found.group()


def wanted_stamp(kind):
    """Return the fingerprint of what `.venv` should hold: lock, pyproject.toml, its Python, this folder."""
    sums = hashlib.sha256()
    for path in (LOCKS[kind], ROOT / "pyproject.toml", VENV / "pyvenv.cfg"):
        sums.update(path.read_bytes() + b"\0")
    # The project is installed in place, and scripts name their folder: a moved tree is installed again.
    sums.update(str(ROOT).encode())
    return sums.hexdigest()


def read_stamp(kind):
    """Return the fingerprint left by the last complete installation of `kind`, or an empty text."""
    path = stamp_path(kind)
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def stamp_path(kind):
    """Return the file that says which lock of `kind` is installed."""
    return VENV / f"leadtime-{kind}.stamp"


def _env(_rest):
    return 0


def _run(rest):
    subprocess.run([str(PYTHON), "-m", "sim", "warm"], check=True, cwd=ROOT)
    return subprocess.run([str(PYTHON), "-m", "sim", "app", *rest], cwd=ROOT).returncode


def _test(rest):
    return subprocess.run([str(PYTHON), "-m", "tools.test", *rest], cwd=ROOT).returncode


def _lock(_rest):
    uv = [str(PYTHON), "-m", "uv", "--quiet"]
    subprocess.run([*uv, "lock", "--upgrade"], check=True, cwd=ROOT)
    for kind, groups in (("runtime", ["build"]), ("dev", ["build", "dev"])):
        chosen = [part for group in groups for part in ("--group", group)]
        export = [*uv, "export", "--frozen", "--no-emit-project", "--no-header", "--no-annotate", *chosen]
        done = subprocess.run(export, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
        LOCKS[kind].write_text(LOCK_HEADER + done.stdout, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
