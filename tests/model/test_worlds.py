"""The small worlds of the tests keep up with the rules."""

from tests.worlds import RULES, rule_names


def test_small_worlds_have_a_number_for_every_constant_of_the_rules():
    assert set(RULES) == set(rule_names()), "give RULES in tests/worlds.py a round number for each constant"
