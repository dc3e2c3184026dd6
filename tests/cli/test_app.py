"""`sim app`: a free port, an address that answers, and a clean end."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.cli.call import refusal
from tests.structure.tree import ROOT


def listening() -> None:
    """Hear Ctrl-C: what a shell starts in the background ignores it, and so would what that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_app_answers_and_stops(ending):
    words = [sys.executable, "-m", "sim", "app"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT.parent, preexec_fn=listening, **pipes) as program:
        try:
            assert program.stdout is not None
            said = program.stdout.readline().decode()
            found = re.fullmatch(r"Leadtime is at (http://127\.0\.0\.1:(\d+)) \(Ctrl-C stops it\)\n", said)
            assert found, said
            with urllib.request.urlopen(f"{found[1]}/_stcore/health", timeout=10) as answer:
                assert answer.read() == b"ok"
            program.send_signal(ending)
            assert program.wait(timeout=30) == 0
        finally:
            if program.poll() is None:
                program.kill()
        assert b"Traceback" not in program.stderr.read()
    with socket.socket() as trial:
        assert trial.connect_ex(("127.0.0.1", int(found[2]))) != 0


def test_a_port_in_use_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port}" in refusal("app", "--port", str(port))
