"""All patterns: runs what they need and measures each, in the order of MODEL section 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from sim.estimation import pattern_choice, pattern_delivery, pattern_market, pattern_ties
from sim.estimation.checks import Check, Found, judge_all, read_list
from sim.estimation.contrasts import BASE, PAST, Run
from sim.estimation.market import Market
from sim.estimation.record import deliveries, purchase_table
from sim.estimation.samples import directed
from sim.estimation.views import View
from sim.evidence.seeds import Seeds
from sim.model.rules.choice import value_of_users

FILE = "patterns.csv"
RECORDED_CONVERSION = (0.36, 0.54, 0.0)  # K2, K9 and HIMARS of Poland by the end of 2025, MODEL 1.11
US_FIGURES = ("sipri_us_2015_19", "sipri_us_2020_24", "sipri_us_2021_25")
ALLIES, NEIGHBOURS = 4, 2  # users of a family for which the worth of ties is shown
Progress = Callable[[int, int], None]


def pattern_checks(seeds: Seeds, market: Market, run: Run, progress: Progress | None = None) -> list[Check]:
    """The checks of patterns 1 to 14 (15 needs the probe, see `directions`)."""
    found: dict[str, Found] = {}
    steps: tuple[Callable[[Seeds, Market, Run], dict[str, Found]], ...] = (
        _delivery, _shares, _choices, _money, _united_states, _switch, _cheapest, _ties, _agreements, _broken,
        _joint, _korea,
    )  # fmt: skip
    for done, step in enumerate(steps):
        if progress is not None:
            progress(done, len(steps))
        found |= step(seeds, market, run)
    return judge_all("pattern", read_list(FILE), found)


def _delivery(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    record = deliveries(seeds, market)
    signed = _early(run(BASE), market.members)
    found = {f"p01_{name}": one for name, one in pattern_delivery.months_of_kinds(signed, record).items()}
    found["p01_categories"] = pattern_delivery.categories_within_kinds(signed, record)
    found["p01_industries"] = pattern_delivery.industries_within_kinds(signed, record)
    found |= {f"p02_{name}": one for name, one in pattern_delivery.slips(signed, record).items()}
    return found | {"p02_never_always": pattern_delivery.never_always_on_time(signed)}


def _early(one: View, states: Iterable[str]) -> pd.DataFrame:
    frame = one.contracts
    early = (frame["existing"] == 0) & (frame["signed"] < pattern_delivery.SIGNED_BEFORE)
    return frame[early & frame["buyer"].isin(list(states))]


def _shares(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    past = run(PAST)
    shares = pattern_choice.contract_shares(past, market.european)
    imports = pattern_choice.us_share_of_imports(past, market.european, 2022, 2025)
    facts = {one: seeds.fact(one, "value_observed") for one in US_FIGURES}
    contracts = seeds.fact("iiss_us_2022_24", "value_observed")
    found = {}
    for name, fact in (("europe", "europe"), ("united_states", "us"), ("others", "others")):
        one = seeds.fact(f"iiss_{fact}_2022_24", "value_observed")
        words = f"{one.value:.0%} of contract value 2022-24"
        found[f"p03_{name}"] = Found(shares[name], low=one.low, high=one.high, target=words)
    found["p03_imports"] = Found(
        imports, low=min(one.low for one in facts.values()), high=max(one.high for one in facts.values())
    )
    latest = facts[US_FIGURES[-1]]
    gap = Found(
        imports - shares["united_states"], low=latest.low - contracts.high, high=latest.high - contracts.low,
        target=f"{latest.value - contracts.value:.0%}",
    )  # fmt: skip
    return found | {"p03_gap": gap}


def _choices(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    past, base, record = run(PAST), run(BASE), purchase_table(seeds, market)
    exposure = {state: market.exposure[state] for state in market.members}
    urgent = pattern_choice.urgent_against_calm(base, exposure)
    return {
        "p04_mixed": pattern_choice.same_state_mixes(past, market.members, record),
        "p04_home": pattern_choice.bought_at_home(base, market.producers, 2026, 2035),
        "p05_several": pattern_choice.suppliers_at_once(past, "POL", 2022, 2023, record),
        "p05_faster": directed(urgent["months"], -1),
        "p05_dearer": directed(urgent["price"], 1),
    }


def _money(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    base = run(BASE)
    return {
        "p06_price": pattern_market.price_elasticity(base, run("dearer"), market.members),
        "p06_budget": pattern_market.budget_elasticity(base, run("richer"), market.members),
    }


def _united_states(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    found = pattern_market.busy_united_states(run(BASE), run("us_busy"), market.members)
    return {f"p07_{name}": one for name, one in found.items()}


def _switch(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    found = pattern_ties.reliance_after_the_switch(run(BASE), run("no_us"), market, market.members, "USA")
    return {f"p08_{name}": one for name, one in found.items()}


def _cheapest(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    found = pattern_market.price_only_buyers(run(BASE), run("cheapest"), market.members, market)
    return {f"p09_{name}": one for name, one in found.items()}


def _ties(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    weights = [seeds.value("choice", name) for name in ("adopters", "neighbours", "repeat_ties")]
    first, repeat = (
        float(value_of_users(weights[0], weights[1], ALLIES, NEIGHBOURS, one, weights[2]))
        for one in (True, False)
    )
    return {"p10_ties": pattern_choice.ties_at_first(first, repeat)}


def _agreements(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    return {
        "p11_agreement": pattern_ties.agreements(run("no_agreements"), run("agreements"), market.members),
        "p11_conversion": pattern_ties.conversion_spread(run(BASE), RECORDED_CONVERSION),
    }


def _broken(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    found = pattern_ties.broken_promise(run(BASE), run("korea_held"), run("us_held"), market.members)
    return {f"p12_{name}": one for name, one in found.items()}


def _joint(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    found = pattern_market.joint_purchase(run("alone"), run("together"), market.members)
    return {f"p13_{name}": one for name, one in found.items()}


def _korea(seeds: Seeds, market: Market, run: Run) -> dict[str, Found]:
    base, record = run(BASE), purchase_table(seeds, market)
    real = pattern_ties.recorded_direct(seeds.decision_flags())
    return {
        "p14_lumps": pattern_ties.lumps(base, market.members, record),
        "p14_collapse": Found(pattern_ties.collapse(base, market.members)),
        "p14_direct": Found(
            pattern_ties.direct_awards(base, market.members), low=real.low, high=real.high,
            target=f"{real.middle:.0%} of recorded decisions",
        ),
    }  # fmt: skip
