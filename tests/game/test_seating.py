"""Who sits where: by wish or by lot, never more than there are places, and nobody twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.game import seating
from sim.game.errors import GameError, SeatFull
from sim.game.seating import Place, to_json
from sim.game.store import GameRecord

NOW = "2027-03-01T10:00:00.000+00:00"
PLACES = (Place("POL", ("speed", "cost", "reliance"), 3), Place("ROU", ("speed", "cost"), 2), Place("korea"))
GAME = GameRecord("g", "CDFGHJ", "A class", {}, "45", to_json(PLACES), NOW, "hash", turn=2, seq=9)


def first(names):
    return names[0]


class Room:
    """The players of a game, without a store."""

    def __init__(self):
        self.players, self.takes = [], []

    def apply(self, change):
        self.players = [each for each in self.players if each.id != change.player.id] + [change.player]
        self.players.sort(key=lambda each: int(each.id))
        self.takes += [(draft.payload["seat"], draft.payload["by"]) for draft in change.drafts]
        return change.player

    def join(self, token, seat="", lot=first):
        return self.apply(
            seating.sit_down(GAME, self.players, token_hash=token, now=NOW, name=token, seat=seat, lot=lot)
        )


def test_the_lot_fills_empty_seats_first_and_gives_each_role_once():
    room = Room()
    players = [room.join(f"t{number}") for number in range(6)]
    assert [each.seat for each in players] == ["POL", "ROU", "korea", "POL", "ROU", "POL"]
    assert [each.role for each in players] == ["speed", "speed", "", "cost", "cost", "reliance"]
    with pytest.raises(SeatFull, match="Every seat of this room is full"):
        room.join("t7")


def test_the_lot_can_fall_on_every_seat_and_role():
    drawn = {(Room().join("t").seat, Room().join("t", "POL", lot=lambda x: x[-1]).role) for _ in range(1)}
    assert drawn == {("POL", "reliance")}
    assert {seating.sit_down(GAME, [], token_hash="t", now=NOW).player.seat for _ in range(200)} == {
        "POL", "ROU", "korea",
    }  # fmt: skip


def test_a_seat_that_is_full_says_which_are_free():
    room = Room()
    room.join("a", "korea")
    with pytest.raises(SeatFull, match="The seat korea is full; free are POL, ROU"):
        room.join("b", "korea")
    with pytest.raises(GameError, match="no seat 'mars': choose one of POL, ROU, korea"):
        room.join("b", "mars")


def test_joining_twice_is_joining_once():
    room = Room()
    ada = room.join("a", "ROU")
    assert room.join("a", "POL") == ada
    assert room.takes == [("ROU", "person")]


def test_who_leaves_gives_the_seat_to_an_agent_and_can_come_back():
    room = Room()
    ada, ben = room.join("a", "ROU"), room.join("b", "ROU")
    room.apply(seating.leave(GAME, room.players, ada.id, NOW))
    room.apply(seating.leave(GAME, room.players, ben.id, NOW))
    assert room.takes == [("ROU", "person"), ("ROU", "person"), ("ROU", "rule")]
    assert seating.free_places(GAME, room.players)["ROU"] == 2
    back = room.join("a")
    assert (back.id, back.seat, back.role, back.left_at) == (ada.id, "ROU", ada.role, "")
    with pytest.raises(GameError, match="not in the game any more"):
        seating.leave(GAME, room.players, ben.id, NOW)


def test_who_comes_back_to_a_full_seat_gets_another():
    room = Room()
    ada = room.join("a", "korea")
    room.apply(seating.leave(GAME, room.players, ada.id, NOW))
    room.join("b", "korea")
    assert room.join("a").seat == "POL"


def test_moving_leaves_the_old_seat_to_an_agent():
    room = Room()
    ada = room.join("a", "ROU")
    moved = room.apply(seating.move(GAME, room.players, ada.id, "POL", lot=first))
    assert (moved.seat, moved.role) == ("POL", "speed")
    assert room.takes[1:] == [("ROU", "rule"), ("POL", "person")]
    assert seating.move(GAME, room.players, ada.id, "POL").drafts == ()
    assert room.apply(seating.move(GAME, room.players, ada.id, lot=first)).seat == "ROU"


def test_a_role_can_be_declined_changed_or_chosen():
    room = Room()
    ada = room.join("a", "POL")
    room.join("b", "POL")

    def change(role=None):
        return room.apply(seating.change_role(GAME, room.players, ada.id, role, lot=first)).role

    assert change() == "reliance", "the one that nobody has"
    assert change("speed") == "speed"
    assert change(seating.NO_ROLE) == ""
    with pytest.raises(GameError, match="no role 'king': choose one of speed, cost, reliance"):
        change("king")


def test_a_take_says_the_turn_and_has_a_key_of_its_own():
    [draft] = seating.sit_down(GAME, [], token_hash="t", now=NOW, seat="POL").drafts
    assert (draft.turn, draft.key, draft.seat) == (2, "room:take:POL:10", "POL")
    over = replace(GAME, status="over")
    player = replace(seating.sit_down(GAME, [], token_hash="t", now=NOW).player, seat="POL")
    assert seating.leave(over, [player], player.id, NOW).drafts == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["join", "leave", "move"]), st.integers(1, 9), st.sampled_from(["", "POL", "ROU"])
        ),
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_people_do_no_seat_holds_too_many_and_agents_hold_the_empty_ones(actions, random):
    room = Room()
    for action, number, seat in actions:
        try:
            if action == "join":
                room.join(f"t{number}", seat, lot=random.choice)
            elif action == "leave":
                room.apply(seating.leave(GAME, room.players, str(number), NOW))
            else:
                room.apply(seating.move(GAME, room.players, str(number), seat, lot=random.choice))
        except GameError:
            continue
        held = {place.seat: len(seating.here(room.players, place.seat)) for place in PLACES}
        assert all(held[place.seat] <= place.capacity for place in PLACES)
        assert len({each.id for each in room.players}) == len(room.players)
        by = dict(room.takes)
        assert {seat for seat, count in held.items() if count} == {
            s for s, who in by.items() if who == "person"
        }


@pytest.mark.parametrize(
    "wrong",
    [
        {"seat": ""},
        {"seat": "a seat"},
        {"seat": "POL", "capacity": 0},
        {"seat": "POL", "capacity": 31},
        {"seat": "POL", "roles": ("",)},
        {"seat": "POL", "roles": ("x" * 41,)},
    ],
)
def test_a_place_that_cannot_be_is_refused(wrong):
    with pytest.raises(GameError, match=r"^(A place|The name of a role) .*\.$"):
        Place(**wrong)


@given(st.text())
def test_a_name_is_short_and_can_be_printed(text):
    name = seating.clean(text)
    assert len(name) <= seating.LONGEST_NAME
    assert name.isprintable()
    assert name == seating.clean(name)
