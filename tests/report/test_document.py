"""The report: well-formed, self-contained, the numbers of the comparison, and nothing hostile in it."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import sim
from sim.experiment.result import Result
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Scenario, load_scenario, scenario_from_toml
from sim.report import document_evidence, findings, inputs, language, published, tables, words
from sim.report.document import document
from sim.report.measures import DIALS
from sim.report.reported import Case, Report

DATE = datetime.date(2026, 11, 3)
RUNS = 12
VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Reads a page and notes what matters; a tag closed out of turn is a failure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "svg"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def of(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


def run(scenario: Scenario) -> Result:
    return sim.run(scenario, replications=RUNS)


@pytest.fixture(scope="module")
def baseline() -> Result:
    return run(load_scenario("baseline"))


@pytest.fixture(scope="module")
def pause() -> Result:
    return run(load_scenario("us_pause", set={"threat": 1.2}))


@pytest.fixture(scope="module")
def one(baseline: Result, pause: Result) -> Report:
    return Report(baseline, (Case(pause, load_scenario("us_pause")),), ("POL",), DATE)


@pytest.fixture(scope="module")
def page(one: Report) -> Page:
    return Page(document(one))


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    names = {tag for tag, _attributes in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "image"}
    for tag, attributes in page.tags:
        assert "src" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if "href" in attributes:
            assert tag == "a"
            assert re.match(r"https?://|#part-", attributes["href"] or "")
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", attribute_values(page))


def attribute_values(page: Page) -> str:
    return " ".join(str(value) for _tag, attributes in page.tags for value in attributes.values())


def test_language_headings_and_links_inside_are_in_order(page: Page) -> None:
    assert next(page.of("html")) == {"lang": "en"}
    levels = [int(tag[1]) for tag, _attributes in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {str(link["href"])[1:] for link in page.of("a") if str(link["href"]).startswith("#")}
    assert inside <= set(ids)


def test_every_chart_says_what_it_shows(page: Page) -> None:
    drawings = list(page.of("svg"))
    assert len(drawings) == 3 + 4 + 2 + 4  # dials, fans of the place, two panels of the map, industries
    assert all(drawing["aria-label"] for drawing in drawings)
    assert len(list(page.of("figure"))) == len(list(page.of("figcaption"))) == 3 + 4 + 1 + 4


def test_every_table_has_a_caption_and_heads_with_a_scope(page: Page) -> None:
    assert len(list(page.of("table"))) == len(list(page.of("caption"))) > 10
    assert {head.get("scope") for head in page.of("th")} == {"col", "row"}


def test_the_numbers_are_those_of_the_comparison(
    one: Report, page: Page, baseline: Result, pause: Result
) -> None:
    rows = tables.dials(baseline, pause, "POL", tuple(DIALS))
    assert one.headline(one.cases[0], "POL") in page.text
    found = sim.compare(baseline, pause)
    for row in rows:
        same = found.difference(pause, row.measure, "POL")
        assert (row.change, row.low, row.high) == (same.mean, same.low, same.high)
        assert findings.sentence(row) in page.text
        assert findings.difference(row) in page.text
    assert "date_90" not in page.text


def test_what_was_asked_changed_and_expected_is_there(one: Report, page: Page) -> None:
    for text in (
        "Leadtime report: A year without US deliveries, with changes",
        one.cases[0].preset.question,
        "3 November 2026",
        "“Felt threat” is set to 1.2 instead of 1.",
        "The shock “Long hold on US deliveries” strikes in January 2027 and lasts 12 months.",
        "of 3 expectations, written down before the first run, came as expected.",
        one.base.model_version,
        *words.limits(),
    ):
        assert text in page.text


def test_levers_and_largest_inputs_have_their_sources_with_full_addresses(one: Report, page: Page) -> None:
    addresses = {str(link["href"]) for link in page.of("a")} - {"#"}
    wanted = {one.seeds.sources[name].address for name in one.levers["threat"].sources}
    assert {address for address in wanted if address} <= addresses
    assert {address for address in addresses if not address.startswith("#")} <= set(page.text.split())
    keys = inputs.largest(one.seeds, "POL")
    assert keys[0] == "POL.gdp"
    assert all(one.seeds.has(*key.rsplit(".", 1)) for key in keys)
    assert not inputs.largest(one.seeds, ALLIANCE)[0].startswith("USA")


def test_failing_published_checks_are_listed(page: Page) -> None:
    failing = [check for check in published.checks() if not check.passed]
    assert failing
    assert all(" ".join(check.title.split()) in page.text for check in failing)
    assert f"{len(failing)} fail, and are listed here" in page.text


def test_the_command_names_what_ran(one: Report, baseline: Result, pause: Result) -> None:
    ends = f"--replications {RUNS} --random-seed 1 --out report.html"
    assert (
        document_evidence.command(one) == f"sim report baseline us_pause --set threat=1.2 --buyer POL {ends}"
    )
    assert "sim.load_scenario(\"us_pause\", set={'threat': 1.2})" in document_evidence.python(one)
    alone = Report(baseline, (), (ALLIANCE,), DATE)
    assert document_evidence.command(alone) == f"sim report baseline {ends}"
    assert document_evidence.needed_files(alone) == []
    changed = run(load_scenario("baseline", set={"threat": 1.2}))
    own = Report(baseline, (Case(changed, baseline.scenario),), (ALLIANCE,), DATE)
    assert document_evidence.command(own) == f"sim report baseline --set threat=1.2 {ends}"
    assert own.headline(own.cases[0], ALLIANCE).count("changing “Felt threat”") == 1


def test_what_no_name_gives_comes_as_a_file_that_reads_back(baseline: Result, pause: Result) -> None:
    later = replace(pause.scenario, horizon_year=2035)
    report = Report(baseline, (Case(replace(pause, scenario=later), later),), (ALLIANCE,), DATE)
    (needed,) = document_evidence.needed_files(report)
    name = needed.file_name
    assert f"sim report baseline {name} " in document_evidence.command(report)
    block = document_evidence.reproduce(report).blocks[-1]
    assert scenario_from_toml(block.text).fingerprint() == later.fingerprint()


def test_several_scenarios_stand_in_one_table(baseline: Result, pause: Result) -> None:
    korea = run(load_scenario("no_korea"))
    cases = (Case(pause, load_scenario("us_pause")), Case(korea, korea.scenario))
    report = Report(baseline, cases, (ALLIANCE, "NOR"), DATE)
    page = Page(document(report))
    assert "2 scenarios beside “Baseline”" in page.text
    assert "All scenarios, Norway: level, and difference from the baseline" in page.text
    assert len(list(page.of("svg"))) == 2 * (2 * (3 + 4) + 2 + 4) - unchanged(report)
    assert report.headline(cases[1], "NOR") in page.text
    clips = re.findall(r'id="(s\d[^"]+)"', document(report))
    assert len(clips) == len(set(clips))


def unchanged(report: Report) -> int:
    """Dials with nothing to draw."""
    rows = [row for case in report.cases for place in report.places for row in report.dials(case, place)]
    return sum(row.is_still for row in rows)


def test_the_baseline_alone_is_shown_as_it_stands(baseline: Result) -> None:
    page = Page(document(Report(baseline, (), (ALLIANCE,), DATE)))
    assert "In this model’s baseline, needed equipment in Europe and Canada" in page.text
    assert "Difference" not in page.text
    assert len(list(page.of("svg"))) == 4 + 2 + 4


def test_hostile_words_of_a_scenario_stay_words(baseline: Result, pause: Result) -> None:
    hostile = '<script>alert("1")</script><img src=x onerror=y>'
    named = replace(pause.scenario, title=hostile, question=hostile)
    report = Report(baseline, (Case(replace(pause, scenario=named), named),), (ALLIANCE,), DATE)
    page = Page(document(report))
    assert not {tag for tag, _attributes in page.tags} & {"script", "img"}
    assert hostile in page.text


def test_the_language_of_the_reader_is_named(baseline: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "spoken", lambda: "pl")
    assert '<html lang="pl">' in document(Report(baseline, (), (ALLIANCE,), DATE))
