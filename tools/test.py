"""Run every check of the project, all of them even when one fails, and say at the end which failed.

Run as `make test` or `python tools/env.py test`, which prepare `.venv` first. Further words go to pytest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tools import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
STEPS = (
    ("style", ["ruff", "check"]),
    ("format", ["ruff", "format", "--check"]),
    ("types", ["mypy"]),
    ("seeds and scenarios", ["sim", "check"]),
    ("tests", ["pytest"]),
)


def main(pytest_words):
    """Run the steps in order and return 0 if all passed, else 1."""
    failed, timings = [], []
    try:
        found = {
            "LEADTIME_CHROMIUM": chromium.find_or_install(),
            "LEADTIME_POSTGRES": postgres.find_or_install(),
        }
    except (chromium.NoChromium, postgres.NoPostgres) as missing:
        print(f"leadtime: {missing}", file=sys.stderr)
        return 1
    for name, module in STEPS:
        words = pytest_words if name == "tests" else []
        print(f"\n=== {name}: {' '.join([*module, *words])}", flush=True)
        start = time.monotonic()
        code = subprocess.run(
            [sys.executable, "-m", *module, *words], cwd=ROOT, env={**os.environ, **found}
        ).returncode
        timings.append(f"{name} {time.monotonic() - start:.0f} s")
        if code != 0:
            failed.append(f"{name} (exit code {code})")
    print(f"\n=== took {', '.join(timings)}")
    print(f"=== FAILED: {', '.join(failed)}" if failed else "=== everything is in order", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
