"""The language of the words on screen: one gettext catalogue per language, English in the source.

Every literal that a reader sees goes through `_` (or `plural`); text that comes from the seeds (names,
lever labels) goes through `_` too, at the moment it is shown. The language belongs to the running thread,
so that two readers of the same server can read in two languages.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "leadtime"
SOURCE_LANGUAGE = "en"
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"

_spoken: ContextVar[str] = ContextVar("leadtime_language", default=SOURCE_LANGUAGE)
_catalogue: ContextVar[gettext.NullTranslations | None] = ContextVar("leadtime_catalogue", default=None)


def available() -> tuple[str, ...]:
    """Languages that can be chosen: English and every folder of `sim/locale` with a compiled catalogue."""
    found = {path.parent.parent.name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def use(language: str) -> str:
    """Choose the language for this thread and return it; `pl-PL` falls back to `pl`, then to English."""
    wanted = language.replace("-", "_")
    for candidate in (wanted, wanted.split("_")[0]):
        if candidate in available() and candidate != SOURCE_LANGUAGE:
            _catalogue.set(gettext.translation(DOMAIN, str(CATALOGUES), languages=[candidate]))
            _spoken.set(candidate)
            return candidate
    _catalogue.set(None)
    _spoken.set(SOURCE_LANGUAGE)
    return SOURCE_LANGUAGE


def spoken() -> str:
    """The language chosen for this thread, for those who go on in another thread or write it down."""
    return _spoken.get()


def _(message: str) -> str:
    """The message in the reader's language; the message itself where there is no translation."""
    catalogue = _catalogue.get()
    return catalogue.gettext(message) if catalogue is not None and message else message


def plural(one: str, many: str, number: int) -> str:
    """The singular or plural message for a number, by the rules of the reader's language."""
    catalogue = _catalogue.get()
    if catalogue is not None:
        return catalogue.ngettext(one, many, number)
    return one if number == 1 else many


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is defined; it is translated by `_` where it is shown."""
    return message
