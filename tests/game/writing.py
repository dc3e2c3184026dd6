"""A process that writes to a store and says, line by line, what was acknowledged.

python -m tests.game.writing URL GAME NAME COUNT
"""

import sys

from sim.game.entry import Draft
from sim.game.store import Store


def main(url, game_id, name, count):
    store = Store(url)
    for number in range(int(count)):
        entry = store.append(game_id, Draft(0, "note", {"number": number}, f"{name}:{number}"))[0]
        print(entry.seq, entry.key, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
