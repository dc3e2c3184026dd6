"""Run one replication of a toy world as plain Python and print it; started with NUMBA_DISABLE_JIT=1."""

import json
import sys
from pathlib import Path

import numpy as np

from sim import load_scenario, run
from sim.evidence.seeds import load_seeds
from sim.model.compiled import without_compilation


def main(folder: str, scenario: str) -> None:
    """Read the seeds of a folder and a scenario file, run, and print every number that the result holds."""
    if not without_compilation():
        raise SystemExit("start this with NUMBA_DISABLE_JIT=1")
    seeds = load_seeds(Path(folder))
    # Hashing overflows on purpose: silently where it is compiled, and plain numpy is told so only here.
    with np.errstate(over="ignore"):
        result = run(load_scenario(Path(scenario), seeds=seeds), replications=1, seeds=seeds, threads=1)
    tables = ("values", "industry_values", "series", "industry_series", "counts")
    print(
        json.dumps(
            {
                table: {name: array.tolist() for name, array in getattr(result, table).items()}
                for table in tables
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
