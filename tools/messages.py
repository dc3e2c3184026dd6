"""Collect every text that a reader can see into sim/locale/leadtime.pot, the start of each translation.

    python -m tools.messages            write the file
    python -m tools.messages --check    say whether it is up to date (exit code 1 if not)

Texts come from three places: literals in the code (`_`, `plural`, `mark`), the words of measures, and the
seeds and scenarios that are shown as they are.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "sim" / "locale" / "leadtime.pot"
PLACEHOLDERS = ('"Generated-By', '"Last-Translator', '"Language-Team', '"Report-Msgid')
KEYWORDS = {"_": None, "mark": None, "plural": (1, 2)}
HEADER = "# Every text of Leadtime that a reader can see; written by tools/messages.py."
PLACES = ("app.py", "sim/report/**/*.py", "sim/web/**/*.py")


def collect() -> Catalog:
    """Return the catalogue of all messages, with the files they come from."""
    start = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date: the file changes only when a message does
    catalog = Catalog(project="Leadtime", charset="utf-8", creation_date=start, header_comment=HEADER)
    for pattern in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for _line, message, comments, _context in extract_from_file("python", path, KEYWORDS):
                catalog.add(message, locations=[(name, 1)], auto_comments=comments)
    for name, texts in shown_data().items():
        for text in texts:
            if text:
                catalog.add(text, locations=[(name, 1)])
    return catalog


def shown_data() -> dict[str, list[str]]:
    """Return the texts of seeds, scenarios and measures that the page shows, by the file they come from."""
    from sim.evidence.tables import GRADES
    from sim.experiment.analyse.futures import FAMILIES
    from sim.report.measures import INDUSTRY_MEASURES, MEASURES
    from sim.web.catalogue import read

    book = read()
    levers, questions = book.levers.values(), book.questions.values()
    measures = [*MEASURES.values(), *INDUSTRY_MEASURES.values()]
    return {
        "seeds/levers.csv": [text for one in levers for text in (one.label, one.help, one.cost, one.note)],
        "seeds/states.csv": list(book.states.values()),
        "seeds/industries.csv": list(book.industries.values()),
        "sim/evidence/tables.py": list(GRADES.values()),
        "seeds/shocks.csv": [card.label for card in book.cards.values()],
        "seeds/categories.csv": [
            text for one in book.seeds.categories() for text in (one.label, one.unit_label)
        ],
        "seeds/authorities.csv": [one.name for one in book.seeds.authorities()],
        "seeds/documents.csv": [one.label for one in book.seeds.documents()],
        "seeds/claims.csv": [
            text for one in book.seeds.claims() for text in (one.claim, one.note, one.observation)
        ],
        "scenarios": [
            text
            for one in questions
            for text in (one.title, one.question, *(expected.why for expected in one.expect))
        ],
        "sim/experiment/analyse/futures.py": [label for label, _facts in FAMILIES.values()],
        "sim/model/record.py": [text for one in measures for text in (one.label, one.meaning)],
    }


def text() -> str:
    """Return the template as it should stand in the file."""
    buffer = io.BytesIO()
    write_po(buffer, collect(), width=100, include_lineno=False, sort_output=True)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(PLACEHOLDERS))


def main(arguments: list[str]) -> int:
    """Write or check the template; 0 when it is up to date at the end."""
    wanted = text()
    if "--check" in arguments:
        current = TEMPLATE.exists() and TEMPLATE.read_text(encoding="utf-8") == wanted
        print("up to date" if current else "out of date: run python -m tools.messages")
        return 0 if current else 1
    TEMPLATE.write_text(wanted, encoding="utf-8")
    print(f"wrote {TEMPLATE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
