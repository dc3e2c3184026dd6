"""The plot of the benchmark: time against size in three panels, as one SVG that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

Points = Sequence[Mapping[str, float]]
Growth = Mapping[str, Points]

UNITS = {
    "replications": "milliseconds for all of them",
    "states": "milliseconds for one replication",
    "lines": "milliseconds for one replication",
}
PANEL, HEIGHT, LEFT, TOP, BOTTOM = 300, 260, 56, 44, 46
INK, GRID, LINE = "#222222", "#d0d0d0", "#0b5cad"


def growth_svg(growth: Growth) -> str:
    """One panel for each dimension, axes from zero: a straight line through the points is linear growth."""
    panels = "".join(
        f'<g transform="translate({at * PANEL},0)">{_panel(name, points)}</g>'
        for at, (name, points) in enumerate(growth.items())
    )
    width = PANEL * len(growth)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" '
        f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">'
        f'<title id="title">How the time of a run grows with its size</title>'
        f'<desc id="description">{escape(_described(growth))}</desc>'
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>{panels}</svg>\n'
    )


def growth_html(report: Mapping[str, Any]) -> str:
    """The plot with a table of the same numbers beside it, as a page that asks nothing from outside."""
    rows = "".join(
        f"<tr><td>{name}</td><td>{point['size']:,}</td><td>{point['ms']:,.3f}</td>"
        f"<td>{point['contracts']:,.0f}</td></tr>"
        for name, points in report["growth"].items()
        for point in points
    )
    machine = ", ".join(f"{key} {value}" for key, value in report["machine"].items())
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Grows", "Size", "Milliseconds", "Contracts"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Leadtime: speed</title>'
        "<style>body{font-family:sans-serif;margin:2rem}td,th{padding:.2rem .8rem;text-align:right}"
        "svg{max-width:100%;height:auto}</style></head><body><main><h1>How fast the model runs here</h1>"
        f"<p>One replication: {report['compiled_ms']:.2f} ms compiled, "
        f"{report['mesa_ms']:,.0f} ms as Mesa agents, "
        f"{report['python_ms']:,.0f} ms as plain Python; {report['contracts']:,.0f} contracts, "
        f"{report['draws']:,.0f} draws.</p>{growth_svg(report['growth'])}"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{escape(machine)}</p>"
        "</main></body></html>\n"
    )


def bar(share: float, width: int = 24) -> str:
    """A bar of text, `width` characters long for 1."""
    return "#" * max(1, round(share * width))


def _panel(name: str, points: Points) -> str:
    right, floor = PANEL - 24, HEIGHT - BOTTOM
    most_size, most_ms = max(p["size"] for p in points), max(p["ms"] for p in points) or 1.0
    across = [LEFT + (right - LEFT) * p["size"] / most_size for p in points]
    down = [floor - (floor - TOP) * p["ms"] / most_ms for p in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in zip(across, down, strict=True))
    sizes = "".join(
        f'<text x="{x:.1f}" y="{floor + 16}" text-anchor="middle">{p["size"]:,}</text>'
        for x, p in zip(across, points, strict=True)
    )
    levels = "".join(_level(floor - (floor - TOP) * part, most_ms * part, right) for part in (0.0, 0.5, 1.0))
    return (
        f'<text x="{LEFT}" y="18" font-weight="bold">{name.capitalize()}</text>'
        f'<text x="{LEFT}" y="34">{UNITS[name]}</text>{levels}{sizes}'
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/><g fill="{LINE}">{dots}</g>'
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 10}" text-anchor="middle">number of {name}</text>'
    )


def _level(y: float, value: float, right: float) -> str:
    text = f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.2f}"
    return (
        f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
    )


def _described(growth: Growth) -> str:
    return "; ".join(
        f"{name}: " + ", ".join(f"{point['ms']:.2f} ms at {point['size']}" for point in points)
        for name, points in growth.items()
    )
