"""The queue of experiments of this server, shared by all its readers, and what the page asks of it."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sim.experiment.kept import Experiment, Kept, Record, cache_folder, program
from sim.experiment.points import Outcome, Work, evaluate
from sim.experiment.queue import Progress, Queue, Seen, Stop
from sim.policy.scenario import load_scenario
from sim.web import engine
from sim.web.analyse_asked import Asked
from sim.web.analyse_method import Prepared

MEASURED = 20  # replications of the first measurement of a machine


@st.cache_resource(show_spinner=False)
def queue() -> Queue:
    """The queue; one experiment runs at a time, with all cores, behind those who look."""
    return Queue(Kept(cache_folder()), workers=1, measure=measure)


def measure() -> float:
    """Seconds a replication takes on this machine, measured on a few."""
    wanted, outcome = [load_scenario("baseline")], [Outcome("gap_years")]
    evaluate(wanted, outcome, Work(replications=1))  # compiles, or reads what is compiled
    began = time.perf_counter()
    evaluate(wanted, outcome, Work(replications=MEASURED))
    return (time.perf_counter() - began) / MEASURED


def experiment(asked: Asked, prepared: Prepared) -> Experiment:
    """What is asked, with all that its result depends on."""
    return Experiment(
        method=asked.method.id,
        arguments={
            one.name: asked.arguments[one.name]
            for one in asked.method.fields
            if one.name in asked.arguments and not one.only_shown
        },
        scenarios=tuple(one.fingerprint() for one in prepared.scenarios),
        replications=prepared.replications,
        random_seed=engine.RANDOM_SEED,
        program=program(),
    )


def look(wanted: Experiment) -> Seen | None:
    """How an experiment stands; None where nobody ever asked for it."""
    return queue().look(wanted, who())


def start(wanted: Experiment, prepared: Prepared) -> None:
    """Ask for an experiment. Raises Full."""

    def call(progress: Progress, stop: Stop) -> Record:
        return prepared.call(Work(prepared.replications, engine.RANDOM_SEED, progress=progress, cancel=stop))

    queue().start(wanted, call, prepared.runs, who())


def cancel(wanted: Experiment) -> None:
    """Take back what this reader asked for."""
    queue().cancel(wanted, who())


def who() -> str:
    """This reader, as the server knows the page."""
    found = get_script_run_ctx(suppress_warning=True)
    return found.session_id if found is not None else ""
