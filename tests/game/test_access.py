"""Who may do and see what: a player for the own seat, the facilitator for the game."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.game import clock
from sim.game.access import MAY_APPEND, Who, check_allowed
from sim.game.entry import KINDS, Draft
from sim.game.errors import GameError, NotAllowed
from tests.game.games import digest


def test_a_seat_sees_its_own_and_what_is_public(klass):
    ada, ben = klass.join("POL"), klass.join("ROU")
    klass.begin()
    klass.order(ada, item="tank")
    klass.rooms.append(ben, 1, "forecast", {"month": 50}, "f")
    klass.rooms.append(ben, 1, "propose", {"to": "POL"}, "p")
    klass.rooms.append(klass.teacher, 1, "note", {"words": "noisy"}, "n")
    klass.rooms.append(klass.teacher, 1, "inject", {"card": "fire", "months": 3, "strength": 1}, "i")
    own = [entry.kind for entry in klass.rooms.entries(ada)]
    assert own == ["take", "take", "phase", "order", "propose", "inject"]
    assert "order" not in [entry.kind for entry in klass.rooms.entries(ben)]
    assert [entry.seq for entry in klass.rooms.entries(klass.teacher)] == list(range(1, 9))
    assert klass.rooms.entries(ada, after=4) == klass.rooms.entries(ada)[4:]


@given(
    kind=st.sampled_from(KINDS),
    part=st.sampled_from(["player", "facilitator", "room"]),
    seat=st.sampled_from(["", "POL", "ROU"]),
    player=st.sampled_from(["", "1", "2"]),
)
def test_nobody_appends_what_is_not_theirs(kind, part, seat, player):
    who = Who(part, "g", "POL", "1") if part == "player" else Who(part, "g")
    allowed = kind in MAY_APPEND[part] and player == who.player and (part != "player" or seat == "POL")
    draft = Draft(1, kind, {}, "k", seat, player)
    if allowed:
        check_allowed(who, draft)
    else:
        with pytest.raises(NotAllowed, match=r"^[A-Z].*\.$"):
            check_allowed(who, draft)


@pytest.mark.parametrize("kind", ["order", "ready", "forecast", "propose", "note"])
def test_a_player_writes_for_no_other_seat(klass, kind):
    ada = klass.join("POL")
    klass.begin()
    before = klass.rooms.entries(klass.teacher)
    with pytest.raises(NotAllowed, match="for the own seat"):
        klass.rooms.append(ada, 1, kind, {}, "k", seat="ROU")
    assert klass.rooms.entries(klass.teacher) == before


def test_a_player_does_nothing_of_the_facilitators(klass):
    ada = klass.join("POL")
    klass.begin()
    before = klass.rooms.entries(klass.teacher)
    for attempt in (
        lambda: klass.rooms.append(ada, 1, "inject", {"card": "fire"}, "k"),
        lambda: klass.rooms.append(ada, 1, "take", {"seat": "POL", "by": "rule"}, "k"),
        lambda: klass.rooms.append(ada, 1, "phase", clock.phase("over", None, klass.time), "k"),
        lambda: klass.rooms.phase(ada, clock.extend(60), "k"),
        lambda: klass.rooms.resolve(ada, 1, digest, "k"),
        lambda: klass.rooms.undo(ada, 1, "k"),
        lambda: klass.rooms.remove(ada, "1"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert klass.rooms.entries(klass.teacher) == before


def test_the_facilitator_gives_no_orders_and_names_real_seats(klass):
    klass.begin()
    with pytest.raises(NotAllowed):
        klass.rooms.append(klass.teacher, 1, "order", {}, "k", seat="POL")
    with pytest.raises(NotAllowed):
        klass.rooms.move(klass.teacher, "POL")
    with pytest.raises(GameError, match="no seat 'mars'"):
        klass.rooms.append(klass.teacher, 1, "take", {"seat": "mars", "by": "rule"}, "k", seat="mars")
    taken = klass.rooms.append(klass.teacher, 1, "take", {"seat": "POL", "by": "script:wait"}, "k", "POL")
    assert (taken.seat, taken.player) == ("POL", "")


def test_two_players_may_use_the_same_key(klass):
    ada, ben = klass.join("POL"), klass.join("POL")
    klass.begin()
    first, second = klass.order(ada, key="1", item="tank"), klass.order(ben, key="1", item="gun")
    assert (first.payload, second.payload) == ({"item": "tank"}, {"item": "gun"})
    assert klass.order(ada, key="1", item="tank") == first
    assert len(klass.rooms.entries(klass.teacher)) == 5
