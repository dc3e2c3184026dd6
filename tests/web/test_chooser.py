"""A row of buttons: one is always chosen, the first at first."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from sim.web.chooser import one_of

    st.text(one_of("Show", ["gap", "usable"], "view", lambda one: one.title()))


def test_the_first_is_chosen_until_the_reader_chooses() -> None:
    at = AppTest.from_function(page).run()
    assert at.text[0].value == "gap"
    assert at.button_group(key="view").options == ["Gap", "Usable"]
    at.button_group(key="view").set_value("usable").run()
    assert at.text[0].value == "usable"
