"""Find a Chromium for the browser tests, or install one where the system lets us."""

import os
import shutil
from pathlib import Path

from tools import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "the browser tests need Chromium or Chrome and none was found: install one "
    "(on Debian as root: apt-get install chromium), or name its program in LEADTIME_CHROMIUM."
)


class NoChromium(Exception):
    """No browser to test with; the text says what to do."""


def find():
    """Return the path of a Chromium on this machine: LEADTIME_CHROMIUM, else the usual names and places.

    Raises NoChromium when LEADTIME_CHROMIUM names a file that is not there, or nothing is found.
    """
    named = os.environ.get("LEADTIME_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise NoChromium(f"LEADTIME_CHROMIUM names {named}, which is not a file.")
        return named
    for candidate in (*map(shutil.which, NAMES), *PLACES):
        if candidate and Path(candidate).is_file():
            return candidate
    raise NoChromium(MISSING)


def find_or_install():
    """Return the path of a Chromium, installing Debian's package first if none is there and we are root."""
    try:
        return find()
    except NoChromium:
        if os.environ.get("LEADTIME_CHROMIUM") or not debian.may_install():
            raise
    failed = debian.install("chromium")
    if failed:
        raise NoChromium(f"`{failed}` failed, and {MISSING}")
    return find()
