"""Records of the two methods that move the numbers of the evidence, made up by hand."""

TANKS, TIE = "POL.main_battle_tank.requirement", "choice.us_tie"


def part(mean, low, high):
    return {"mean": mean, "low": low, "high": high}


def effect(low, high, clear=True):
    """An effect from two (mean, low, high); the swing is their difference."""
    ends = part(*low), part(*high)
    swing = part(high[0] - low[0], high[1] - low[2], high[2] - low[1])
    size = max(abs(low[0]), abs(high[0]), abs(swing["mean"]))
    return {"low": ends[0], "high": ends[1], "swing": swing, "size": size, "clear": clear,
            "least": 0.5 * size * clear}  # fmt: skip


def fact(name, low, middle, high, unit, grade, **effects):
    return {"id": name, "kind": "fact", "members": [name], "unit": unit, "grades": grade, "low": low,
            "middle": middle, "high": high, "effects": {key.replace("__", "."): one for key, one in
                                                        effects.items()}}  # fmt: skip


def sensitivity():
    """Three factors, one outcome in years at Poland and one of money; shares of variance of the first two."""
    group = {
        "id": "*.build_months", "kind": "group",
        "members": ["k2_changwon.build_months", "k9_changwon.build_months"],
        "unit": "months", "grades": "CD", "low": [1.0, 2.0], "middle": [2.0, 3.0], "high": [4.0, 5.0],
        "effects": {
            "gap_years.POL": effect((-0.30, -0.40, -0.20), (0.50, 0.45, 0.55)),
            "cost_pv": effect((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), clear=False),
        },
    }  # fmt: skip
    moves = [
        fact(TANKS, 950.0, 1100.0, 1366.0, "units", "C",
             gap_years__POL=effect((-0.05, -0.08, -0.02), (0.12, 0.10, 0.14)),
             cost_pv=effect((-3000.0, -4000.0, -2000.0), (6000.0, 5000.0, 7000.0))),
        group,
        fact(TIE, -0.76, 0.32, 1.4, "points", "D",
             gap_years__POL=effect((0.001, -0.02, 0.03), (-0.01, -0.04, 0.02), clear=False),
             cost_pv=effect((100.0, -500.0, 700.0), (50.0, -400.0, 500.0), clear=False)),
    ]  # fmt: skip
    shares = {
        TANKS: {"first": part(0.2, 0.1, 0.3), "total": part(0.31, 0.2, 0.42)},
        "*.build_months": {"first": part(0.62, 0.5, 0.74), "total": part(0.7, 0.6, 0.8)},
    }
    return {
        "method": "sensitivity",
        "replications": 20,
        "outcomes": {"gap_years.POL": {"mean": 0.8, "spread": 0.1}, "cost_pv": {"mean": 5e5, "spread": 4e4}},
        "moves": moves,
        "opened": [],
        "sobol": {
            "points": 128,
            "replications": 4,
            "factors": [{key: one[key] for key in one if key != "effects"} for one in moves[:2]],
            "outcomes": {
                "gap_years.POL": {"variance": 0.01, "chance": 0.12, "explained": 0.83, "clear": True,
                                  "indices": shares},
                "cost_pv": {"variance": 0.0, "chance": None, "explained": None, "clear": False,
                            "indices": {name: {"first": part(None, None, None),
                                               "total": part(None, None, None)} for name in shares}},
            },
        },
        "research": [
            {"id": "*.build_months", "kind": "group", "facts": 2, "grades": "CD", "influence": 2.0,
             "room": 3.5, "priority": 7.0},
            {"id": TANKS, "kind": "fact", "facts": 1, "grades": "C", "influence": 0.71, "room": 3.0,
             "priority": 2.13},
        ],
    }  # fmt: skip


def flip(**changes):
    """A statement that one fact turns, confirmed."""
    move = {
        "fact": TANKS, "kind": "fact", "facts": 1, "members": [TANKS], "from": 1100.0, "to": 1299.5,
        "low": 950.0, "high": 1366.0, "unit": "units", "grades": "C", "end": "high", "share_of_range": 0.75,
    }  # fmt: skip
    return {
        "method": "flip",
        "scenarios": [{"id": "baseline", "title": "Baseline", "fingerprint": "a"},
                      {"id": "other", "title": "Another plan", "fingerprint": "b"}],
        "statement": "gap_years.POL < base", "outcome": "gap_years.POL", "below": True, "threshold": None,
        "holds": True, "before": part(0.12, 0.08, 0.16), "moves": [move], "after": part(-0.03, -0.05, -0.01),
        "confirmed": "yes", "check": {"random_seed": 2, "replications": 40}, "nearest": -0.02, "tried": 300,
        **changes,
    }  # fmt: skip
