"""No file names the server of a package registry: whoever sets Leadtime up uses the one they have."""

import pytest

from tests.structure.tree import project_files, shown

# In two pieces, so that this file does not contain what it forbids.
HOSTS = tuple(
    "".join(pieces)
    for pieces in (
        ("pypi", ".org"),
        ("python", "hosted"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
        ("archive.", "ubuntu.com"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("yarnpkg", ".com"),
        ("anaconda", ".org"),
        ("jsdelivr", ".net"),
        ("unpkg", ".com"),
    )
)
INDEX_OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host")


def hosts_in(text: str) -> list[str]:
    """Return the forbidden names that `text` contains, in any case."""
    lower = text.lower()
    return [host for host in HOSTS if host in lower]


def test_no_file_names_a_package_registry():
    named = [
        f"{shown(path)} names {host}: leave the server out, every package client knows its own"
        for path in project_files()
        for host in hosts_in(path.read_bytes().decode("utf-8", errors="ignore"))
    ]
    assert not named, "\n" + "\n".join(named)


@pytest.mark.parametrize("path", project_files("requirements.lock", "requirements-dev.lock"), ids=shown)
def test_a_lock_holds_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text, f"{path.name} holds an address: make it with `make lock`"
    held = [option for option in INDEX_OPTIONS if option in text]
    assert not held, f"{path.name} holds {held}: make it with `make lock`"


def test_the_check_sees_a_host():
    assert hosts_in("see https://" + HOSTS[0].upper() + "/project/mesa") == [HOSTS[0]]
