"""The small worlds of the tests keep up with the rules, and what is drawn in the real one fits its field."""

import numpy as np

from sim.experiment.ensemble import world_of
from sim.model.world import COPIED
from tests.worlds import RULES, rule_names


def test_small_worlds_have_a_number_for_every_constant_of_the_rules():
    assert set(RULES) == set(rule_names()), "give RULES in tests/worlds.py a round number for each constant"


def test_what_is_drawn_stands_where_a_number_with_decimals_fits():
    """A draw is written as eight bytes: into a field of whole numbers it would put nonsense."""
    world = world_of()
    wrong = set()
    for spot in world.spots:
        table = COPIED[int(spot["table"])]
        dtype = world.template[table].dtype
        at = 8 * int(spot["place"]) % dtype.itemsize
        [field] = [name for name, (_, offset) in dtype.fields.items() if offset - offset % 8 == at][:1]
        if dtype.fields[field][0] != np.float64:
            wrong.add(f"{table}.{field}")
    assert not wrong, f"give these fields of the records a unit that is not whole: {sorted(wrong)}"
