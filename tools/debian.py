"""Install a package where the system lets us: on Debian and its relatives, as root."""

import os
import shutil
import subprocess
import sys


def may_install():
    """Whether apt-get is here and we are root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package):
    """Install one package and return an empty text, or else the command that failed."""
    print(f"leadtime: installing {package} with apt-get", file=sys.stderr, flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        if subprocess.run(["apt-get", "-qq", *words], env=environment, **quiet).returncode != 0:
            return f"apt-get {' '.join(words)}"
    return ""
