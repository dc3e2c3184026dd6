"""Writes a scenario as TOML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sim.evidence.starts import BASE

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario


def scenario_toml(scenario: Scenario, model_version: str = "") -> str:
    """The scenario as TOML text without `extends`: the levers that differ from today, facts, dates, cards."""
    lines = [
        *([f"# Leadtime, model version {model_version}"] if model_version else []),
        f"title = {_text(scenario.title)}",
        f"question = {_text(scenario.question)}",
        *([f"start = {_text(scenario.start)}"] if scenario.start != BASE else []),
        f"horizon_year = {scenario.horizon_year}",
        f"sources = [{', '.join(_text(name) for name in scenario.sources)}]",
    ]
    for expected in scenario.expect:
        lines += [
            "",
            "[[expect]]",
            f"measure = {_text(expected.measure)}",
            f"place = {_text(expected.place)}",
        ]
        lines += [f"direction = {_text(expected.direction)}", f"why = {_text(expected.why)}"]
    lines += ["", "[levers]"]
    lines += [f"{_key(name)} = {value!r}" for name, value in sorted(scenario.deviations.items())]
    if scenario.facts:
        lines += ["", "[facts]", *(f"{_key(name)} = {value!r}" for name, value in scenario.facts)]
    for entry in scenario.schedule:
        lines += ["", "[[schedule]]", f"lever = {_text(entry.lever)}"]
        lines += [f"at = {_text(entry.at)}", f"value = {entry.value!r}"]
    for card in scenario.shocks:
        lines += ["", "[[shocks]]", f"card = {_text(card.card)}", f"at = {_text(card.at)}"]
        lines += [f"months = {card.months}", f"strength = {card.strength!r}"]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A TOML basic string; JSON escapes are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    return _text(name) if "." in name else name
