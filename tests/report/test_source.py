"""The model's source as text: every rule is found, and constants are known where stages read them."""

import importlib

from sim.evidence.seeds import load_seeds
from sim.report import source, submodels

KNOWN = submodels.constants(load_seeds())


def test_every_rule_is_read_as_python_sees_it():
    found = source.rules()
    assert len({(rule.module, rule.name) for rule in found}) == len(found)
    for rule in found:
        function = getattr(importlib.import_module(f"sim.model.rules.{rule.module}"), rule.name)
        plain = getattr(function, "py_func", function)
        count = plain.__code__.co_argcount
        assert rule.parameters == plain.__code__.co_varnames[:count]
        assert rule.said.split() == plain.__doc__.split()
        assert rule.gives in submodels.GIVES


def test_a_constant_belongs_to_the_rule_it_is_handed_to():
    handed = source.handed_to_rules(KNOWN)
    assert {"usable_new_months", "usable_new_ready"} <= set(handed["reliance", "ready_units"])
    assert handed["money", "monthly_inflow"] == []


def test_every_constant_is_read_somewhere():
    unread = [name for name, where in source.readers(KNOWN).items() if not where]
    assert not unread, f"no function of the model reads {unread}: take them out of seeds/facts/rules.csv"


def test_a_sentence_ends_at_its_own_point():
    assert (
        source.first_sentence("A lot of 1.5 units\nis rare. It costs.\n\nMore.")
        == "A lot of 1.5 units is rare."
    )
    assert source.first_sentence("No end") == "No end"


def test_tables_of_the_state_carry_their_comments():
    tables = source.state_tables()
    assert tables["standing"].startswith("(A,)")
    assert {"buyers", "stock", "memory", "booked"} <= set(tables)
