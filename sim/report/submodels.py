"""The details of the model description: rules with their constants, levers, shock cards and measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.evidence.facts import Fact
from sim.evidence.records import LeverRow, ShockRow
from sim.evidence.seeds import Seeds
from sim.evidence.tables import expand
from sim.model.fields import RULE_SUBJECTS
from sim.policy.levers import Lever
from sim.policy.levers import levers as all_levers
from sim.policy.measures import MEASURES
from sim.policy.shocks import Shock, shocks
from sim.report import measures as shown
from sim.report import source, words
from sim.report.language import _, mark
from sim.report.outline import Item, Part, Section, plain

DETAILS = mark("Details")
GIVES = {"float": mark("a number"), "int": mark("a whole number"), "bool": mark("yes or no")}
OPERATIONS = {
    "set": mark("“{lever}” set to {value}"),
    "add": mark("“{lever}” changed by {value}"),
    "multiply": mark("“{lever}” multiplied by {value}"),
}


def unit_words(unit: str) -> str:
    """A unit as words: the name it has in code and seeds, without underscores."""
    return unit.replace("_", " ")


def constants(seeds: Seeds) -> dict[str, Fact]:
    """The constants of the rules by the name that stages read them by, `subject_attribute`."""
    return {f"{one}_{name}": fact for (one, name), fact in seeds.facts.items() if one in RULE_SUBJECTS}


def rules(seeds: Seeds) -> Section:
    """Every rule by file, then every constant by subject."""
    known = constants(seeds)
    handed = source.handed_to_rules(known)
    found = source.rules()
    files = [
        Part(
            _("Rules: {module}").format(module=said.split(":")[0].lower()),
            _("{said} File: {file}.").format(said=plain(said), file=f"`{file}`"),
            tuple(
                rule_item(
                    rule, {name: known[name] for name in handed.get((rule.module, rule.name), ())}, seeds
                )
                for rule in found
                if rule.file == file
            ),
        )
        for file, said in source.rule_modules().items()
    ]
    read = source.readers(known)
    numbers = [
        Part(
            _("Constants: {subject}").format(subject=subject),
            "",
            tuple(
                constant_item(name, fact, read[name], seeds)
                for name, fact in known.items()
                if fact.subject == subject
            ),
        )
        for subject in sorted({fact.subject for fact in known.values()})
    ]
    text = _(
        "Submodels are {rules} rules: small functions of plain numbers. The stages call them with the "
        "numbers of the entities and with {constants} constants, each with its range and source."
    ).format(rules=len(found), constants=len(known))
    return Section("rules", _(DETAILS), _("Submodels: rules"), text, (*files, *numbers))


def rule_item(rule: source.Rule, uses: dict[str, Fact], seeds: Seeds) -> Item:
    """A rule: what goes in and comes out, its docstring, and the constants it is called with."""
    what = _(GIVES.get(rule.gives, rule.gives))
    taken = ", ".join(f"`{name}`" for name in rule.parameters)
    pieces = [_("takes {taken}; gives {what}.").format(taken=taken, what=what), plain(rule.said)]
    if uses:
        pieces.append(_("Constants it is called with:"))
        pieces[-1] += "\n" + "\n".join(
            f"- `{name}`: {constant_said(fact, seeds)}" for name, fact in uses.items()
        )
    return Item(f"`{rule.module}.{rule.name}`", "\n\n".join(pieces))


def constant_said(fact: Fact, seeds: Seeds) -> str:
    """A constant's value with its range, unit, grade, sources and note."""
    return _("{value} (range {low} to {high}, {unit}; grade {grade}; source: {sources}). {note}.").format(
        value=f"{fact.value:g}",
        low=f"{fact.low:g}",
        high=f"{fact.high:g}",
        unit=unit_words(fact.unit),
        grade=words.grade(fact.grade),
        sources=cited(fact.sources, seeds),
        note=plain(fact.note.rstrip(".")),
    )


def constant_item(name: str, fact: Fact, read: Sequence[tuple[str, str]], seeds: Seeds) -> Item:
    """A constant: what is known of it, and which functions read it."""
    where = ", ".join(f"`{function}` (`{file}`)" for file, function in read)
    return Item(
        f"`{name}`",
        _("{said} Read by {where}.").format(said=constant_said(fact, seeds), where=where),
    )


def cited(ids: Sequence[str], seeds: Seeds) -> str:
    """Sources by title, linked where they have an address."""
    rows = [seeds.sources[one] for one in ids if one in seeds.sources]
    return "; ".join(
        f"[{plain(row.name)}]({row.address})" if row.address else plain(row.name) for row in rows
    )


def levers(seeds: Seeds) -> Section:
    """Every lever by who decides; one entry stands for the levers of all states or of all categories."""
    rows, known = seeds.levers(), all_levers(seeds)
    parts = tuple(
        Part(
            words.group_title(group),
            "",
            tuple(lever_item(row, _kin(row, known, seeds), seeds) for row in rows if row.group == group),
        )
        for group in dict.fromkeys(row.group for row in rows)
    )
    text = _(
        "What somebody can choose, or what is assumed about the world. A star stands for every state or "
        "category: {rows} kinds, {number} levers in all."
    ).format(rows=len(rows), number=len(known))
    return Section("levers", _(DETAILS), _("Levers"), text, parts)


def _kin(row: LeverRow, known: Mapping[str, Lever], seeds: Seeds) -> list[Lever]:
    """The levers that a row stands for: one, or one for each state or category."""
    states = tuple(state.id for state in seeds.states())
    categories = tuple(category.id for category in seeds.categories())
    return [known[name] for name in expand(row.id, states, categories)]


def lever_item(row: LeverRow, found: Sequence[Lever], seeds: Seeds) -> Item:
    """A lever: what it does, what it costs, today's setting, range, evidence."""
    one = found[0]
    said = _(
        "{label}. {help} What it costs: {cost} In the baseline {default}; range {low} to {high}. "
        "Grade of the evidence: {grade}. Source: {sources}."
    ).format(
        label=plain(_(row.label).replace("*", "…")),
        help=plain(_(row.help)),
        cost=plain(_(row.cost).rstrip(".") + "."),
        default=_span([lever.default for lever in found], one),
        low=_amount(one.low, one),
        high=_amount(one.high, one),
        grade=_(" or ").join(words.grade(letter) for letter in sorted({lever.grade for lever in found})),
        sources=cited(tuple(dict.fromkeys(name for lever in found for name in lever.sources)), seeds),
    )
    notes = {lever.note for lever in found}
    return Item(f"`{row.id}`", f"{said} {plain(_(one.note))}".strip() if len(notes) == 1 else said)


def _span(values: Sequence[float], lever: Lever) -> str:
    """One setting, or from the lowest to the highest of several."""
    low, high = min(values), max(values)
    if low == high:
        return _amount(low, lever)
    return _("{low} to {high}").format(low=_amount(low, lever), high=_amount(high, lever))


def _amount(value: float, lever: Lever) -> str:
    return plain(words.lever_value(value, lever.unit, lever.kind))


def cards(seeds: Seeds) -> Section:
    """Every shock card with its chance, its length, what it does and the real episode behind it."""
    known, moved = shocks(seeds), all_levers(seeds)
    for lever in seeds.levers():
        if lever.id not in moved:  # an effect on a pattern moves all of its levers alike
            moved[lever.id] = replace(_kin(lever, moved, seeds)[0], label=lever.label)
    items = tuple(card_item(row, known, moved, seeds) for row in seeds.shocks())
    text = _(
        "A card moves levers for a while. It strikes by chance, or where a scenario places it; {number} "
        "cards are known. A chance of 0 means that it is placed by hand only."
    ).format(number=len(items))
    return Section("cards", _(DETAILS), _("Shock cards"), text, (Part(_("All cards"), "", items),))


def card_item(row: ShockRow, known: dict[str, Shock], moved: dict[str, Lever], seeds: Seeds) -> Item:
    """A card in words: whom it touches, chance, length, effects, the real episode, evidence."""
    card = known[row.id]
    said = _(
        "{label}. Affected: {affected}. Chance {chance} a year, usual length {months} months. At full "
        "strength: {effects}. Real episode: {episode}"
    ).format(
        label=_(row.label),
        affected=row.affected,
        chance=f"{card.probability:.2g}",
        months=card.months,
        effects=_("; ").join(
            effect_words(effect.operation, seeds.value(row.id, f"effect.{effect.lever}"), moved[effect.lever])
            for effect in seeds.shock_effects()
            if effect.shock == row.id
        ),
        episode=row.episode,
    )
    if card.correlated_with:
        others = _(", ").join(
            _("“{title}”").format(title=_(known[name].label)) for name in card.correlated_with
        )
        said += " " + _("It tends to come together with {others}.").format(others=others)
    evidence = _("Grade of the evidence: {grade}. Source: {sources}.").format(
        grade=words.grade(row.grade), sources=cited(row.source, seeds)
    )
    return Item(f"`{row.id}`", f"{plain(said)} {evidence} {plain(row.note)}".strip())


def effect_words(operation: str, value: float, lever: Lever) -> str:
    """What a card does to one lever at full strength: set, add or multiply by a value."""
    size = f"{value:+g}" if operation == "add" else f"{value:g}"
    if operation == "set":
        size = words.lever_value(value, lever.unit, lever.kind)
    return _(OPERATIONS[operation]).format(lever=_(lever.label), value=size)


def measures() -> Section:
    """Every measure with unit, direction and definition."""
    better = {"less": _("less is better"), "more": _("more is better"), "": _("neither way is better")}
    titles = {"place": _("For each state and for Europe and Canada"), "industry": _("For each industry")}
    words_of = {**shown.MEASURES, **shown.INDUSTRY_MEASURES}
    parts = tuple(
        Part(
            title,
            "",
            tuple(
                Item(
                    f"`{one.id}`",
                    _("{label} ({unit}; {better}). {meaning}").format(
                        label=plain(_(words_of[one.id].label)),
                        unit=unit_words(one.unit),
                        better=better[one.better],
                        meaning=plain(_(words_of[one.id].meaning)),
                    ),
                )
                for one in MEASURES.values()
                if one.scope == scope
            ),
        )
        for scope, title in titles.items()
    )
    text = _(
        "What a run is judged by: {number} measures, each compared run by run with the baseline."
    ).format(number=len(MEASURES))
    return Section("measures", _(DETAILS), _("Measures"), text, parts)
