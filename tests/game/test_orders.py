"""Orders as data: read, written, refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.game.errors import GameError
from sim.game.orders import GROWTH, PRICE, PROMISE, order_record, parse_order

TEXT = st.text(max_size=20)
NEED = {"state": TEXT, "category": TEXT}
ORDERS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("choose"), "line": TEXT, **NEED}, optional={"second": TEXT}),
    st.fixed_dictionaries({"kind": st.just("wait"), **NEED}, optional={"reason": TEXT}),
    st.fixed_dictionaries(
        {
            "kind": st.just("launch"),
            "route": st.sampled_from(("urgent", "option", "government", "competition", "joint")),
            "quantity": st.integers(1, 100_000),
            **NEED,
        },
        optional={"tier": st.sampled_from(("upper", "lower")), "line": TEXT},
    ),
    st.fixed_dictionaries({"kind": st.just("hold"), **NEED}),
    st.fixed_dictionaries({"kind": st.just("lever"), "lever": TEXT, "value": st.floats(-1e6, 1e6)}),
    st.fixed_dictionaries({"kind": st.just("price"), "category": TEXT, "factor": st.floats(*PRICE)}),
    st.fixed_dictionaries({"kind": st.just("promise"), "category": TEXT, "factor": st.floats(*PROMISE)}),
    st.fixed_dictionaries({"kind": st.just("expand"), "category": TEXT, "share": st.floats(0.0, GROWTH)}),
)


@given(ORDERS)
def test_an_order_survives_the_way_through_json(data):
    order = parse_order(data)
    again = parse_order(json.loads(json.dumps(order_record(order))))
    assert again == order
    assert again.about == order.about


@given(ORDERS, ORDERS)
def test_orders_about_different_kinds_of_things_never_replace_each_other(one, other):
    same = {"choose": "tender", "wait": "tender", "launch": "need", "hold": "need"}
    first, second = parse_order(one), parse_order(other)
    if same.get(first.kind, first.kind) != same.get(second.kind, second.kind):
        assert first.about != second.about


def need(kind, **more):
    return {"kind": kind, "state": "POL", "category": "submarine", **more}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "order: order: "),
        ([1], "order: order: "),
        ({"kind": "buy"}, "order: order: "),
        (need("choose"), "order: choose.line: field required"),
        (need("launch", route="urgent"), "order: launch.quantity: field required"),
        (need("launch", route="urgent", quantity=0), "order: launch.quantity: "),
        (need("launch", route="stock", quantity=1), "order: launch.route: "),
        (need("hold", months=3), "order: hold.months: extra"),
        (need("wait", reason="x" * 161), "order: wait.reason: "),
        ({"kind": "price", "category": "submarine", "factor": 1.16}, "order: price.factor: "),
        ({"kind": "promise", "category": "submarine", "factor": 0.69}, "order: promise.factor: "),
        ({"kind": "expand", "category": "submarine", "share": 0.31}, "order: expand.share: "),
        ({"kind": "expand", "category": "submarine", "share": float("nan")}, "order: expand.share: "),
        ({"kind": "lever", "lever": "dialogue", "value": "much"}, "order: lever.value: "),
    ],
)
def test_a_bad_order_gets_one_sentence_that_names_the_field(data, field):
    with pytest.raises(GameError) as refused:
        parse_order(data)
    assert str(refused.value).startswith(field)
    assert "\n" not in str(refused.value)
