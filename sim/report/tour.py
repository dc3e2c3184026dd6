"""The words of the guided tour: five steps, each a sentence or two made by rule from what is on screen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.report import numbers, words
from sim.report.language import _, mark
from sim.report.measures import MEASURES
from sim.report.tables import Paired

TITLES = (
    mark("Read the answer"),
    mark("Pull one lever"),
    mark("Look at one state"),
    mark("Ask why"),
    mark("Check a number, share the page"),
)
LAST = len(TITLES)
SPEED = "gap_years"


@dataclass(frozen=True)
class Scene:
    """What is on screen: a place with its dials, the lever of the tour, and speed in all and in one state.

    `value` and `target` are settings in words; `pulled`: the lever stands at its target; `looking`: the
    place is the tour's state. `here` holds the dials by measure; `grade` is the letter of the lever's number.
    """

    place: str
    here: Mapping[str, Paired]
    lever: str
    about: str
    value: str
    target: str
    grade: str
    pulled: bool
    state: str
    looking: bool
    everywhere: str
    speed_state: Paired
    speed_everywhere: Paired
    is_baseline: bool


def heading(step: int) -> str:
    """The heading of a step, counted from 1."""
    return _("Step {number} of {last}: {title}").format(number=step, last=LAST, title=_(TITLES[step - 1]))


def sentences(step: int, scene: Scene) -> str:
    """What a step says on the Compare page, counted from 1."""
    return (_answer, _lever, _state, _why, _number)[step - 1](scene)


def _answer(scene: Scene) -> str:
    if not math.isfinite(scene.here[SPEED].other):
        return _(
            "There is no figure for {place}: nothing is bought there. Choose another place below."
        ).format(place=scene.place)
    levels = {one: numbers.amount(MEASURES[one].kind, row.other) for one, row in scene.here.items()}
    return _(
        "The large sentence below is the answer for {place}; the dials under it stand at {gap} for speed, "
        "{cost} for cost and {reliance} for reliance. Open the question mark at a dial: it says what is "
        "counted."
    ).format(
        place=scene.place,
        gap=levels[SPEED],
        cost=levels["cost_pv"],
        reliance=levels["worst_authority_share"],
    )


def _lever(scene: Scene) -> str:
    if not scene.pulled:
        return _("“{lever}” stands at {value}. {about}").format(
            lever=scene.lever, value=scene.value, about=scene.about
        )
    if all(row.is_still for row in scene.here.values()):
        return _("“{lever}” now stands at {value}, and no dial moves for {place}.").format(
            lever=scene.lever, value=scene.value, place=scene.place
        )
    return _(
        "“{lever}” now stands at {value}. Speed for {place}: {change}. Each dial below shows its own "
        "difference, and the interval that holds nine of ten runs."
    ).format(lever=scene.lever, value=scene.value, place=scene.place, change=difference(scene.here[SPEED]))


def _state(scene: Scene) -> str:
    if scene.is_baseline:
        return _("Nothing is moved yet, so this is the baseline. {sentence}").format(sentence=_levels(scene))
    if not scene.looking:
        return _(
            "A change need not weigh the same everywhere. Now you see {place}; look at {state} beside it."
        ).format(place=scene.place, state=scene.state)
    return _("Speed for {state}: {one}. Speed for {everywhere}: {all}.").format(
        one=difference(scene.speed_state),
        all=difference(scene.speed_everywhere),
        state=scene.state,
        everywhere=scene.everywhere,
    )


def _levels(scene: Scene) -> str:
    return _("Equipment is missing for {one} in {state} and for {all} in {everywhere}.").format(
        one=numbers.amount("years", scene.speed_state.other),
        all=numbers.amount("years", scene.speed_everywhere.other),
        state=scene.state,
        everywhere=scene.everywhere,
    )


def _why(scene: Scene) -> str:
    return _(
        "Nothing here comes out of a black box. The page Why takes apart any decision of this scenario: the "
        "offers on the table, what each was worth to the buyer, and what would have turned the choice."
    )


def _number(scene: Scene) -> str:
    return _(
        "The range of “{lever}” is evidence of grade {grade}; see where it comes from. "
        "Then share what you found: the link under “Take it with you” opens this page as it stands."
    ).format(lever=scene.lever, grade=words.grade(scene.grade))


def difference(row: Paired) -> str:
    """A difference with its reading, such as `0.4 years longer than the baseline (worse)`."""
    if row.is_still:
        return words.dial_change(row)
    if row.verdict == "unclear":
        return words.reading(row, "")
    return _("{change} ({reading})").format(
        change=words.dial_change(row), reading=words.reading(row, MEASURES[row.measure].better)
    )


def elsewhere(step: int) -> str:
    """What a step says on the page that it leads to: Why in step 4, Evidence in step 5."""
    if step == LAST:
        return _("Read what the number rests on and how sure it is. Then go back and share your page.")
    return _("Choose a state and what it needs, and read who won and why. Then go on.")
