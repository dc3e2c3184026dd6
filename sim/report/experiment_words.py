"""Words around an experiment: how long it takes, how far it is, what to say where it did not end well."""

from __future__ import annotations

from sim.report.language import _, plural


def duration(seconds: float) -> str:
    """A time that is only estimated, in words: `about 40 seconds`, `about 3 minutes`."""
    if seconds < 1.5:
        return _("about a second")
    if seconds < 20:
        return _("about {number} seconds").format(number=f"{seconds:.0f}")
    if seconds < 95:
        return _("about {number} seconds").format(number=f"{10 * round(seconds / 10)}")
    if seconds < 90 * 60:
        return _("about {number} minutes").format(number=f"{seconds / 60:.0f}")
    return _("about {number} hours").format(number=f"{seconds / 3600:.0f}")


def before(seconds: float, runs: int, waiting: float, at_most: bool) -> str:
    """How long an experiment takes, before its start; `waiting` seconds for what is before it."""
    if at_most:
        text = _("This takes {time} on this machine, or less: up to {number} runs of ten years.")
    else:
        text = _("This takes {time} on this machine: {number} runs of ten years.")
    text = text.format(time=duration(seconds), number=f"{runs:,}")
    if waiting < 1.0:
        return text
    queued = _("It begins when what others have started is done, in {time}.").format(time=duration(waiting))
    return f"{text} {queued}"


def waiting(ahead: int, seconds: float) -> str:
    """That an experiment waits its turn."""
    return plural(
        "Waiting for {number} experiment before this one; done in {time}.",
        "Waiting for {number} experiments before this one; done in {time}.",
        ahead,
    ).format(number=ahead, time=duration(seconds))


def running(done: int, runs: int, seconds: float) -> str:
    """How far an experiment is."""
    if done >= runs:
        return _("All {runs} runs are done; working out the result.").format(runs=f"{runs:,}")
    return _("{done} of {runs} runs; {time} left.").format(
        done=f"{done:,}", runs=f"{runs:,}", time=duration(seconds)
    )


def made(runs: int, replications: int, random_seed: int, version: str, at_most: bool) -> str:
    """How the numbers of a result were made."""
    text = (
        _(
            "Up to {runs} runs of ten years, {number} of each scenario with the same draws; random seed "
            "{seed}, model version {version}."
        )
        if at_most
        else _(
            "{runs} runs of ten years, {number} of each scenario with the same draws; random seed {seed}, "
            "model version {version}."
        )
    )
    return text.format(runs=f"{runs:,}", number=replications, seed=random_seed, version=version)
