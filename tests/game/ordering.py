"""A process that plays through the host and says, line by line, what was acknowledged.

python -m tests.game.ordering URL orders TOKEN...     each person orders and takes back, again and again
python -m tests.game.ordering URL turns TOKEN         the end of a turn after the other, as the facilitator
"""

import sys
from itertools import count

from sim.game.errors import GameError
from sim.game.host import Host
from sim.game.store import Store

HOLD = {"kind": "hold", "state": "POL", "category": "submarine"}


def main(url, what, *tokens):
    host = Host(Store(url))
    for number in count(1):
        for token in tokens:
            if what == "turns":
                try:
                    entry = host.resolve(token, number, f"end-{number}", "play")
                except GameError:
                    return
            else:
                entry = host.rooms.append(token, 1, "order", {"order": HOLD}, f"order-{number}")
            print(entry.seq, entry.key, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
