"""Files of decisions and offers in the format of `seeds/`: what is read, and what is refused and why."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sim.evidence.facts import EvidenceError, quoted

Cells = Mapping[str, str]
DECISION_NEEDS: Final = ("id", "buyer_iso3", "decision_date", "category")
OFFER_NEEDS: Final = ("decision_id", "system", "supplier_iso3", "chosen")
MAX_BYTES: Final = 4_000_000
MOST_DECISIONS, MOST_OFFERS = 2000, 40  # an exam of more would not fit in the memory of a laptop
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
COUNTRY = re.compile(r"[A-Za-z]{3}")
YES: Final = frozenset({"1", "1.0", "true", "yes"})
NO: Final = frozenset({"0", "0.0", "false", "no"})


def read_table(path: Path, needs: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file; raises EvidenceError with one sentence when it cannot be used."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise EvidenceError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB")
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            columns = [name.strip() for name in reader.fieldnames or ()]
            missing = [name for name in needs if name not in columns]
            if missing:
                raise EvidenceError(f"{path} has no column {quoted(missing[0])}; it needs {', '.join(needs)}")
            reader.fieldnames = columns
            rows = [{k: (v or "").strip() for k, v in row.items() if k is not None} for row in reader]
            return [row for row in rows if any(row.values())]
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError(f"{path} is not a CSV file in UTF-8: {error}") from error


def is_chosen(row: Cells) -> bool:
    """Whether an offer won; raises EvidenceError for a word that is neither yes nor no."""
    word = row["chosen"].lower()
    if word not in YES | NO:
        raise EvidenceError(
            f"offer {quoted(row['system'])} of {quoted(row['decision_id'])}: chosen is "
            f"{quoted(row['chosen'])}; it must be 0 or 1"
        )
    return word in YES


def country(row: Cells) -> str:
    """The supplier's country, three letters; of several the first. Blank if blank; raises EvidenceError."""
    first = re.split(r"[\s,;/+&]+", row["supplier_iso3"].strip())[0]
    if first and not COUNTRY.fullmatch(first):
        raise EvidenceError(
            f"offer {quoted(row['system'])} of {quoted(row['decision_id'])}: supplier_iso3 is "
            f"{quoted(row['supplier_iso3'])}; it must be three letters such as KOR"
        )
    return first.upper()


def units_of(row: Cells) -> float:
    """How many units a decision is about; nan where the column is missing, blank or not a positive number."""
    try:
        found = float(row.get("quantity", "").replace(",", ""))
    except ValueError:
        return math.nan
    return found if math.isfinite(found) and found > 0.0 else math.nan


def check_date(row: Cells) -> None:
    """Raise EvidenceError where a decision has no date that can be read."""
    if not DATE.fullmatch(row["decision_date"]):
        raise EvidenceError(
            f"decision {quoted(row['id'])}: decision_date {quoted(row['decision_date'])} "
            "is no date like 2025-08"
        )


def check_sizes(decisions: int, offers: int) -> None:
    """Raise EvidenceError where there are too many decisions, or offers in one of them."""
    if decisions > MOST_DECISIONS:
        raise EvidenceError(f"{decisions} decisions are too many; at most {MOST_DECISIONS} can be examined")
    if offers > MOST_OFFERS:
        raise EvidenceError(f"a decision has {offers} offers; at most {MOST_OFFERS} can be examined")
