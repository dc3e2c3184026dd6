"""Bad input gets one sentence on stderr and exit code 2, whatever it is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cli.call import refusal

# No run ever starts with it, so whatever comes before is judged without running anything.
NEVER = ("--replications", "0")

LEVER_LIKE = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["threat", "korean_supply", "doctrine.POL.speed", "output.*", "Threat", "", "safe_envelope "]
    ),
    st.sampled_from(["=", "==", " = ", "", ":"]),
    st.one_of(
        st.floats().map(str), st.integers().map(str), st.sampled_from(["on", "1e999", "0x1", "½", "1_0"])
    ),
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rnu", "baseline"], "there is no command 'rnu'; the nearest is 'run'"),
        (["run", "basline"], "unknown scenario 'basline'; the nearest is 'baseline'"),
        (["run", "baseline", "--set", "threta=1"], "unknown lever 'threta'; the nearest is 'threat'"),
        (["run", "baseline", "--set", "threat"], "is not of the form lever=value"),
        (["run", "baseline", "--set", "threat=9"], "threat: 9 is outside its range 0.3 to 2"),
        (["run", "baseline", "--set", "threat=nan"], "threat: 'nan' is not a number"),
        (["run", "baseline", "--set", "threat=1", "--set", "threat=1.1"], "'threat' is set twice"),
        (["run", "baseline", "--set", "korean_supply=0.5"], "neither 0 (off) nor 1 (on)"),
        (["run", "baseline", "--buyer", "PLO"], "there is no state 'PLO'; the nearest is 'POL'"),
        (["run", "baseline", "--replications", "many"], "'--replications'"),
        (["run", "baseline", "--replications", "0"], "replications must lie between 1 and 1000000; got 0"),
        (["run", "baseline", "--random-seed", "-1"], "the random seed must lie between"),
        (["run", "baseline", "--uncertainty", "full"], 'uncertainty must be "evidence" or "none"'),
        (["run", "baseline", "--jsn"], "--jsn"),
        (["run", "/nowhere/at_all.toml"], "cannot be read"),
        (["run", "."], "unknown scenario '.'"),
        (["run"], "Missing argument"),
        (["compare", "baseline"], "compare needs a second scenario, or --set"),
        (["compare", "baseline", "us_pause", "us_pause"], "have the id 'us_pause'"),
        (["check", "--seeds", "/nowhere"], "there is no folder '/nowhere'"),
        (["app", "--port", "70000"], "70000 is not between 0 and 65535"),
        (["app", "--address", "256.1.1.1"], "not an address"),
        (["bench", "--replications", "0"], "--replications must lie between"),
        (["bench", "--out", "speed.png"], "must end in .svg or .html or .json"),
    ],
)
def test_a_refusal_names_what_is_wrong(words, sentence):
    assert sentence in refusal(*words)


def test_the_name_of_a_broken_file_is_in_the_sentence(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\nextends = "baseline"\n[levers]\nthreta = 1.0\n')
    assert refusal("run", str(path)) == "mine: unknown lever 'threta'; the nearest is 'threat'"
    path.write_bytes(b"\xff\xfe")
    assert "mine.toml: is not UTF-8 text" in refusal("compare", "baseline", str(path))


@given(text=st.one_of(st.text(), LEVER_LIKE))
@settings(max_examples=150)
@example("threat=1.1")
@example("=")
@example("--json")
@example("\x00\x1b[31m=\n1")
@example("threat=" + "9" * 5000)
@example("\ud800=1")
def test_any_setting_gets_one_sentence(text):
    refusal("run", "baseline", *NEVER, "--set", text)


@given(name=st.one_of(st.text(), st.text().map("{}.toml".format), st.text().map("/tmp/{}/x.toml".format)))
@settings(max_examples=150)
@example("baseline")
@example("../scenarios/baseline")
@example("\x00.toml")
@example("x" * 10_000 + ".toml")
@example("/dev/null/x.toml")
@example("[bold]")
def test_any_scenario_name_gets_one_sentence(name):
    refusal("run", *NEVER, "--", name)


@given(text=st.text(max_size=200))
@settings(max_examples=60)
def test_any_scenario_file_gets_one_sentence(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("scenario") / "mine.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    refusal("run", *NEVER, str(path))


@given(
    words=st.lists(st.one_of(st.text(max_size=20), st.sampled_from(["run", "--set", "--json", "baseline"])))
)
@settings(max_examples=100)
def test_any_words_after_a_command_get_one_sentence(words):
    refusal(
        "run", *NEVER, "--out", "/nowhere/x.json", *(word for word in words if word not in ("--help", "-h"))
    )
