"""The version of the model: raised whenever a result can change (see CHANGELOG, "Results changed")."""

from __future__ import annotations

from typing import Final

MODEL_VERSION: Final = "2026.11.8"
