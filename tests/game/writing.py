"""A process that writes to a store and says, line by line, what was acknowledged.

python -m tests.game.writing URL GAME NAME COUNT           notes
python -m tests.game.writing URL GAME turns COUNT          the end of a turn after the other
"""

import sys

from sim.game.store import Store
from tests.game.games import note, play, resolve


def main(url, game_id, name, count):
    store = Store(url)
    for number in range(1, int(count) + 1):
        drafts = [note(0, f"{name}:{number}", number=number)]
        if name == "turns":
            drafts = [resolve(number), play(number + 1, f"play-{number}")]
        entry = store.append(game_id, *drafts)[-1]
        print(entry.seq, entry.key, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
