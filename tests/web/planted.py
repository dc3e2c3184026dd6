"""A method for tests of the Analyse page: its work waits until a test lets it go."""

import threading

import pandas as pd

from sim.experiment.ensemble import Cancelled
from sim.experiment.kept import Record
from sim.experiment.points import Work
from sim.web import analyse_fields as fields
from sim.web.analyse_fields import Arguments
from sim.web.analyse_method import Method, Prepared, View
from sim.web.catalogue import Catalogue


class Planted:
    """Work that can be held, let go and counted."""

    def __init__(self) -> None:
        self.go, self.times = threading.Event(), 0
        self.begun = threading.Event()

    def call(self, work: Work) -> Record:
        """A record with the replications it was asked for."""
        self.times += 1
        if work.progress is not None:
            work.progress(work.replications, 2 * work.replications)
        self.begun.set()
        while not self.go.wait(0.01):
            if work.cancel is not None and work.cancel():
                raise Cancelled
        return {"replications": work.replications, "random_seed": work.random_seed}

    def method(self, id: str = "planted") -> Method:
        """The method around this work."""

        def prepare(arguments: Arguments, book: Catalogue) -> Prepared:
            base, other = fields.pair(arguments, book)
            number = int(arguments["replications"])
            return Prepared(
                (base.scenario, other.scenario), number, 2 * number, self.call,
                fields.command(id, base, other), fields.notes(base, other),
            )  # fmt: skip

        def show(record: Record, view: View) -> None:
            import streamlit as st

            st.markdown(f"Shown: {record['replications']}, {'dark' if view.dark else 'light'}")

        return Method(
            id=id,
            question=f"What does {id} say?",
            about="A planted method.",
            fields=(
                fields.base(),
                fields.scenario("other", "Scenario", "no_korea"),
                fields.SeveralOf(
                    "places", "Places", lambda book, before: "POL", most=2,
                    options=lambda book, before: dict(book.states),
                ),
                fields.Number(
                    "limit", "Limit", lambda book, before: "2",
                    span=lambda book, before: fields.Span(0, 10, 0.5),
                ),
                fields.replications(20),
            ),
            prepare=prepare,
            headline=lambda record, view: f"Found with {record['replications']} runs",
            show=show,
            table=lambda record, view: pd.DataFrame({"runs": [record["replications"]]}),
        )  # fmt: skip
