"""The command line, `sim ...`: light to load; numpy, numba and the model load inside the commands."""

from sim.cli.program import app, main

__all__ = ["app", "main"]
