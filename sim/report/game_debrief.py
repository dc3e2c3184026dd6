"""The debrief of a game: sections for the page and for a file that stands by itself, and its tables.

Seats stand in the order of the table; nobody is a winner. What other people ordered is open now.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.game import overview
from sim.game.crisis import NOBODY, hidden
from sim.game.debrief import Case, Weighed, mattered
from sim.game.forecast import Judged
from sim.game.goals import check_goals
from sim.game.replay import standing, world_of_game
from sim.game.score import AllianceScore, BuyerScore, IndustryScore, Score
from sim.game.trace import Traced
from sim.game.turn import Game
from sim.model.version import MODEL_VERSION
from sim.policy.dates import month_text
from sim.report import document, game_news, numbers, tables, words
from sim.report import game_debrief_charts as charts
from sim.report import game_debrief_words as said
from sim.report.blocks import Block, Facts, Figure, Paragraph, Points, Section, table_of
from sim.report.charts import Palette
from sim.report.game_news import seat_name
from sim.report.game_words import authority_name, category_name, month_ahead, state_name
from sim.report.language import _
from sim.report.pictures import COLOURS, Picture

WIDTH = 640
FOLLOWED = 3  # contracts that the file follows


@dataclass(frozen=True)
class Debrief:
    """All that a debrief rests on. weighed, regret: None where they were not computed."""

    game: Game
    scores: Mapping[str, Score]
    judged: Sequence[Judged]
    traced: Sequence[Traced]
    weighed: Sequence[Weighed] | None = None
    regret: Sequence[Case] | None = None

    @property
    def start(self) -> str:
        """The first month of the game."""
        return world_of_game(self.game).start


def what_happened(found: Debrief, colours: Palette = COLOURS) -> Section:
    """Year by year what mattered, and where everybody stands now."""
    parts = []
    for number in range(1, len(found.game.turns) + 1):
        game = found.game.at(number)
        lines = game_news.story(overview.news(standing(game)))
        parts.append(Section(_("Turn {turn}").format(turn=number), [Points(lines)]))
    stand = standing(found.game)
    rows = overview.dials_of_seats(stand)
    blocks: list[Block] = [
        Paragraph(
            _(
                "Of all that Europe and Canada need, {now} cannot be used at the end; at the start it was "
                "{start}."
            ).format(
                now=numbers.percent(overview.all_missing(stand)),
                start=numbers.percent(overview.all_missing(overview.at_start(found.game))),
            )
        )
    ]
    if rows:
        title = _("Where the seats stand, in the order of the table")
        blocks.append(table_of(title, game_news.dials_table(rows)))
    return Section(_("What happened"), blocks, parts)


def why(found: Debrief, colours: Palette = COLOURS) -> Section:
    """The decisions that mattered most, and contracts followed from need to use."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "Each decision of a team is taken out and left to the rules of its state, in the same game "
                "with the same draws. The difference is what the decision meant for the team itself."
            ),
            "small",
        )
    ]
    if not found.weighed:
        blocks.append(Paragraph(_("No team decided about a tender, or the decisions have not been weighed.")))
    else:
        blocks.append(Points([said.decision(one) for one in mattered(found.weighed)]))
    late = sorted(found.traced, key=lambda one: -(one.late or 0))[:FOLLOWED]
    parts = [Section(said.title(one, found.start), [Points(said.steps(one, found.start))]) for one in late]
    return Section(_("Why"), blocks, parts)


def skill_and_luck(found: Debrief, colours: Palette = COLOURS) -> Section:
    """The hidden day, opened, and the points of every seat: expected, and as it came."""
    buyers = [one for one in found.scores.values() if isinstance(one, BuyerScore)]
    blocks: list[Block] = [Paragraph(said.hidden_day(hidden(found.game), found.start), "strong")]
    if buyers:
        blocks += [_score_figure(buyers, colours)]
    others = [
        said.industry(one) if isinstance(one, IndustryScore) else said.alliance(one)
        for one in found.scores.values()
        if isinstance(one, IndustryScore | AllianceScore)
    ]
    if others:
        blocks.append(Points(others))
    blocks.append(
        Paragraph(
            _(
                "Nobody is a winner: the seats began with different gaps, money and neighbours, and the "
                "points of one cannot be held against those of another. Compare a seat with what its rules "
                "alone would have done."
            )
        )
    )
    return Section(_("Skill and luck"), blocks)


def _score_figure(buyers: Sequence[BuyerScore], colours: Palette) -> Figure:
    table = score_table(buyers)
    alt = " ".join(
        _("{seat}: expected {expected}, on the day {realised}, by rules alone {rules}.").format(
            seat=seat_name(one.seat),
            expected=f"{one.expected:.0f}",
            realised=f"{one.realised:.0f}",
            rules=f"{one.rules:.0f}",
        )
        for one in buyers
    )
    picture = Picture(charts.score_chart(buyers, colours), alt, "points", WIDTH, charts.score_frame(buyers))
    return Figure(
        _("Points of 100: what could be fielded, less what is owed beyond the rules’ own play"),
        [picture],
        _(
            "Dot: expected over many futures and all possible days (skill). Band: nine of ten futures. "
            "Diamond: on the day that came (skill and luck). Grey line: the same seat left to its rules."
        ),
        table_of(_("Points by seat"), table, folded=True),
    )


def score_table(buyers: Sequence[BuyerScore]) -> pd.DataFrame:
    """Points of buying seats, in the order of the table."""
    return pd.DataFrame(
        {
            _("Seat"): [seat_name(one.seat) for one in buyers],
            _("Expected"): [f"{one.expected:.1f}" for one in buyers],
            _("Nine of ten futures"): [
                _("{low} to {high}").format(low=f"{one.low:.1f}", high=f"{one.high:.1f}") for one in buyers
            ],
            _("On the day"): [f"{one.realised:.1f}" for one in buyers],
            _("Rules alone"): [f"{one.rules:.1f}" for one in buyers],
            _("Beside the rules (95 % interval)"): [
                _("{change} ({low} to {high})").format(
                    change=said.points(one.better),
                    low=said.points(one.better_low),
                    high=said.points(one.better_high),
                )
                for one in buyers
            ],
        }
    )


def played(game: Game) -> list[str]:
    """The seats that somebody held in some turn, in the order of the table."""
    held = frozenset().union(*(turn.people for turn in game.turns))
    return [name for name in game.setup.seats if name in held]


def goals(found: Debrief, colours: Palette = COLOURS) -> Section:
    """Hidden goals of roles, opened."""
    lines = [said.goal(seat, one) for seat in played(found.game) for one in check_goals(found.game, seat)]
    return Section(
        _("Hidden goals"),
        [
            Paragraph(
                _(
                    "They pull in different directions on purpose. Whose goal did the team follow, and "
                    "who said so?"
                )
            ),
            Points(lines or [_("No seat at this table had roles with goals.")]),
        ],
    )


def expected(found: Debrief, colours: Palette = COLOURS) -> Section:
    """Forecasts beside what came, and beside a naive one."""
    title = _("What you expected")
    if not found.judged:
        nothing = _("Nobody wrote down a forecast. Next time: three months, before you decide.")
        return Section(title, [Paragraph(nothing)])
    note = _(
        "The score is the pinball loss in months: less is better, and a wide forecast pays for its width. "
        "The naive forecast is the month quoted, with the usual lateness of quotes."
    )
    return Section(
        title, [table_of(_("Forecasts of first deliveries"), forecast_table(found)), Paragraph(note, "small")]
    )


def forecast_table(found: Debrief) -> pd.DataFrame:
    """Forecasts of months, from their turn on."""

    def months(values: tuple[float, float, float]) -> str:
        return " / ".join(f"{value:.0f}" for value in values)

    def score(value: float | None) -> str:
        return _("not come yet") if value is None else f"{value:.1f}"

    rows = found.judged
    return pd.DataFrame(
        {
            _("Seat"): [seat_name(one.seat) for one in rows],
            _("Turn"): [str(one.turn) for one in rows],
            _("What"): [
                _("{state}, {category}").format(
                    state=state_name(one.state), category=category_name(one.category)
                )
                for one in rows
            ],
            _("Expected months (soon / likely / late)"): [months(one.months) for one in rows],
            _("Naive"): [months(one.naive) for one in rows],
            _("It came after"): ["–" if one.actual is None else f"{one.actual:.0f}" for one in rows],
            _("Score"): [score(one.score) for one in rows],
            _("Naive score"): [score(one.naive_score) for one in rows],
        }
    )


def feared(found: Debrief, colours: Palette = COLOURS) -> Section:
    """Every team's plan in every future that was feared."""
    title = _("In every feared future")
    if not found.regret:
        return Section(title, [Paragraph(_("This has not been computed."))])
    note = _(
        "Expected points while one government is assumed to withhold, all days alike, debt left out; in "
        "brackets the points that the rules alone would have had more (0 = the team’s plan is the better "
        "one there)."
    )
    return Section(
        title, [table_of(_("Plans and futures"), regret_table(found.regret)), Paragraph(note, "small")]
    )


def regret_table(rows: Sequence[Case]) -> pd.DataFrame:
    """A row per feared future, a column per seat."""
    seats = list(dict.fromkeys(one.seat for one in rows))
    cells = {(one.seat, one.authority): one for one in rows}
    futures = list(dict.fromkeys(one.authority for one in rows))
    table = {_("Who withholds"): [_("nobody") if one == NOBODY else authority_name(one) for one in futures]}
    for seat in seats:
        table[seat_name(seat)] = [
            f"{cells[seat, one].points:.0f} ({cells[seat, one].regret:.1f})" for one in futures
        ]
    return pd.DataFrame(table)


def carries_over(found: Debrief, colours: Palette = COLOURS) -> Section:
    """What carries over to the real cases, and what does not."""
    return Section(
        _("What carries over"),
        [
            Points(
                [
                    _(
                        "Orders of the years before the game are real and sourced; see the page Evidence, "
                        "Deliveries."
                    ),
                    _(
                        "Late deliveries follow how late real ones were; the page Evidence says for which "
                        "contracts, and how well the model does on decisions that it had not seen."
                    ),
                    _(
                        "What a government will do does not carry over: the hidden day was drawn by lot, "
                        "from those that could withhold, nobody or each with the same chance."
                    ),
                    _(
                        "Not buying, end use and the people behind the numbers were left to you. The Arms "
                        "Trade Treaty and the Common Position of the European Union ask states to weigh "
                        "them."
                    ),
                ]
            )
        ],
    )


def limits(found: Debrief, colours: Palette = COLOURS) -> Section:
    """What this model cannot say."""
    return Section(_("What this model cannot say"), [Points(words.limits())])


def sections(found: Debrief, colours: Palette = COLOURS) -> list[Section]:
    """The whole debrief in its order."""
    parts = [what_happened, why, skill_and_luck, goals, expected]
    if found.regret is not None:
        parts.append(feared)
    return [one(found, colours) for one in (*parts, carries_over, limits)]


def html(found: Debrief) -> str:
    """The debrief as a file that stands by itself."""
    setup = found.game.setup
    facts = Facts(
        [
            (_("Turns played"), f"{len(found.game.turns)}"),
            (_("Until"), month_ahead(found.start, found.game.month)),
            (_("Seats"), words.listed([seat_name(one) for one in setup.seats])),
            (_("Random seed"), str(setup.random_seed)),
            (_("Model version"), setup.model_version),
        ]
    )
    title = _("Debrief: {title}").format(title=setup.title)
    return document.page(title, MODEL_VERSION, [facts], sections(found))


def frames(found: Debrief) -> dict[str, pd.DataFrame]:
    """The numbers behind a debrief, by the name of their table; ids as in the seeds, months as 2027-03."""
    start, game = found.start, found.game
    contracts = []
    for one in found.traced:
        row = {
            name: getattr(one, name)
            for name in (
                "state",
                "category",
                "line",
                "route",
                "units",
                "price",
                "delivered",
                "missing",
                "turn",
            )
        }
        for name in ("opened", "signed", "promised", "first", "last", "usable"):
            at = getattr(one, name)
            row[name] = "" if at is None else month_text(at, start)
        contracts.append(row | {f"months_{name}": months for name, months in one.waits})
    dials = [
        {"turn": number, "seat": one.seat, "speed": one.speed, "cost": one.cost, "reliance": one.reliance}
        for number in range(len(game.turns) + 1)
        for one in overview.dials_of_seats(standing(game.at(number)))
    ]
    goal_rows = [{"seat": seat, **one.record()} for seat in played(game) for one in check_goals(game, seat)]
    made = {
        "dials": pd.DataFrame(dials),
        "scores": pd.DataFrame([one.record() for one in found.scores.values()]),
        "contracts": pd.DataFrame(contracts),
        "goals": pd.DataFrame(goal_rows),
        "forecasts": pd.DataFrame([one.record() for one in found.judged]).drop(
            columns="player", errors="ignore"
        ),
    }
    if found.weighed is not None:
        made["decisions"] = pd.DataFrame(
            [
                {"seat": one.seat, "turn": one.turn, "effect": one.effect, "low": one.low, "high": one.high}
                | {name: value for name, value in one.order.items() if name != "reason"}
                for one in found.weighed
            ]
        )
    if found.regret is not None:
        made["feared_futures"] = pd.DataFrame([one.record() for one in found.regret])
    return made


def csv_files(found: Debrief) -> bytes:
    """The same as CSV files in one archive."""
    setup, buffer = found.game.setup, io.BytesIO()
    about = {"game": setup.title, "random_seed": str(setup.random_seed), "model_version": setup.model_version}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in frames(found).items():
            stamp = zipfile.ZipInfo(f"{name}.csv", date_time=(2026, 1, 1, 0, 0, 0))  # the same file each time
            archive.writestr(stamp, tables.csv_text(about, table))
    return buffer.getvalue()
