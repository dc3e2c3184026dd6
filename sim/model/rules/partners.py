"""Partners: what Seoul can give, what joint development yields, what a stop of support leaves."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def freedom(consensus: float, usual: float, pressure: float, usual_pressure: float, effect: float) -> float:
    """Seoul gives more where its parties agree, less under pressure from Beijing; 1 as at the start.

    consensus, pressure = 0-1, with their usual values; effect = share lost at full pressure.
    Source: both documents name Korean consensus and China as limits (seeds/claims.csv).
    """
    part = consensus / usual if usual > 0.0 else 1.0
    return max(0.0, part * (1.0 - effect * (pressure - usual_pressure)))


@inlined
def joint_output(done: float, effort: float, months: float) -> float:
    """Joint development bears fruit slowly: each month moves the result towards the effort; 0-1."""
    return done + max(0.0, min(1.0 / months, effort - done)) - max(0.0, min(1.0 / months, done - effort))


@inlined
def spares_left(left: float, release: float, months: float) -> float:
    """Without new spares the stock lasts some months; with all released again it fills up as fast; 0-1.

    release = share of the spares used up that are replaced.
    """
    change = (release - 1.0) / months if release < 1.0 else 1.0 / months
    return min(1.0, max(0.0, left + change))
