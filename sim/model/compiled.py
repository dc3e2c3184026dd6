"""How rules are compiled: two decorators, and a cache that notices every edited rule.

numba's own cache looks only at the file of the function itself: a rule edited in *another* file
would bring back the old result. So the cache folder carries a hash of all model source, of numba
and of the processor; an edit means a new folder, and a new compilation.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

Rule = TypeVar("Rule", bound=Callable[..., Any])

MODEL_FOLDER = Path(__file__).parent
# numba's types list neither its settings nor the option `_nrt`.
_settings: Any = numba.config
_njit: Any = numba.njit
_OPTIONS: Any = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}


def source_hash(folder: Path = MODEL_FOLDER) -> str:
    """Return 16 hex digits over all Python files below `folder`, numba's version and the processor."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    cpu = _settings.CPU_NAME or platform.processor() or platform.machine()
    digest.update(f"{numba.__version__} {sys.version_info[:2]} {cpu}".encode())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return the folder of compiled rules for this source, numba and processor.

    `LEADTIME_CACHE_DIR` overrides the user's cache directory.
    """
    base = os.environ.get("LEADTIME_CACHE_DIR") or platformdirs.user_cache_dir("leadtime")
    return Path(base) / f"rules-{source_hash()}"


def is_warm() -> bool:
    """Say whether compiled rules of this very source are on disk already."""
    folder = cache_folder()
    return folder.is_dir() and any(folder.rglob("*run_block*.nbi"))


def without_compilation() -> bool:
    """Say whether rules run as plain Python (NUMBA_DISABLE_JIT=1: for debugging and coverage)."""
    return bool(_settings.DISABLE_JIT)


_settings.CACHE_DIR = str(cache_folder())


def compiled(loop: Rule) -> Rule:
    """Compile a loop: cached on disk, and without holding Python's global lock.

    Nothing in the model allocates memory, so numba's reference counts are switched off.
    """
    return cast("Rule", _njit(**_OPTIONS)(loop))


def inlined(rule: Rule) -> Rule:
    """Compile a rule, or the step of a stage, as a part of whatever loop calls it.

    The rules are many and short: called one by one they would spend more time on finding the same records
    again than on their sums.
    """
    return cast("Rule", _njit(**_OPTIONS, forceinline=True)(rule))


stage = inlined  # the stage of one entity
