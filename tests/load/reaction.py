"""How soon the Compare page answers: one reader in a real browser, then many readers at once.

    python -m tests.load.reaction [--moves 30] [--readers 40] [--port N]

Prints milliseconds as JSON. One reader: from the key that moves a slider to the first repaint of a chart,
and to the moment from which the page stands still. Many readers: each moves sliders with the pauses of a
person, over the connection that a browser uses; from a move to the first answer with a new headline, and to
the end of the run. Needs what tests need (`make env ARGS=--dev`), and a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.server import running_app
from tools import chromium

LEVER = "Promised spending delivered"
PLACES = ("", "POL", "DEU", "NOR", "ROU", "EST", "FRA", "ITA", "ESP", "GBR")
PAUSE = (1.0, 5.0)  # seconds between two moves of one of many readers
CALM = 700  # milliseconds without a change after which the page stands still
WATCH = """() => {
    const seen = window.seen = {start: performance.now(), first: 0, last: 0};
    window.watching?.disconnect();
    window.watching = new MutationObserver(changes => {
        seen.last = performance.now();
        const drawn = changes.some(one => one.target.closest?.('[data-testid=stVegaLiteChart] svg'));
        if (drawn && !seen.first) seen.first = seen.last;
    });
    const main = document.querySelector('[data-testid=stMain]');
    window.watching.observe(main, {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--moves", type=int, default=30)
    asked.add_argument("--readers", type=int, default=40)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "app.log") as address:
        found = {"one_reader": in_browser(address, chosen.moves)}
        if chosen.readers:
            found["many_readers"] = asyncio.run(many(address, chosen.readers, max(3, chosen.moves // 5)))
    print(json.dumps(found, indent=2))


def in_browser(address: str, moves: int) -> dict[str, Any]:
    """Press a slider's key so many times and time the page; the first moves warm it up and do not count."""
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=str(chromium.find()), args=arguments)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/?place=DEU")
        page.get_by_text("What this model cannot say").wait_for(timeout=240_000)
        page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for(timeout=60_000)
        slider = page.get_by_role("slider", name=LEVER)
        timed = [one_move(page, slider, number) for number in range(moves + 3)][3:]
        browser.close()
    return {"moves": moves, "first_repaint": spread([one[0] for one in timed]),
            "still": spread([one[1] for one in timed])}  # fmt: skip


def one_move(page: Page, slider: Any, number: int) -> tuple[float, float]:
    """Milliseconds from one press to the first repaint of the chart and to the last change of the page."""
    page.evaluate(WATCH)
    slider.press("ArrowRight" if number % 12 < 6 else "ArrowLeft")
    page.wait_for_function(
        f"window.seen.first && performance.now() - window.seen.last > {CALM}", timeout=120_000, polling=50
    )
    start, first, last = page.evaluate("[window.seen.start, window.seen.first, window.seen.last]")
    return first - start, last - start


async def many(address: str, readers: int, moves: int) -> dict[str, Any]:
    """So many readers at once; each opens the page and moves the slider some times."""
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    timed = await asyncio.gather(*(reader(url, number, moves) for number in range(readers)))
    flat = [one for answers in timed for one in answers]
    return {"readers": readers, "moves": len(flat), "first_answer": spread([one[0] for one in flat]),
            "end": spread([one[1] for one in flat])}  # fmt: skip


async def reader(url: str, number: int, moves: int) -> list[tuple[float, float]]:
    """One reader: opens the page for a place, then moves one slider again and again."""
    draw = random.Random(number)
    timed = []
    async with connect(url, max_size=None, open_timeout=60) as wire:
        place = PLACES[number % len(PLACES)]
        query = f"place={place}" if place else ""
        slider, _, _ = await answer(wire, message(query))
        for move in range(moves):
            await asyncio.sleep(draw.uniform(*PAUSE))
            # Every reader has a path of its own, so that none reads another's result from the cache.
            value = round(0.05 + 0.01 * ((number * 3 + move * 7) % 130), 2)
            _, first, end = await answer(wire, message(query, slider, value))
            timed.append((first, end))
    return timed


def message(query: str, slider: str = "", value: float = 0.0) -> bytes:
    """What a browser sends to run the page, with the state of one slider."""
    back = BackMsg()
    back.rerun_script.query_string = query
    if slider:
        state = back.rerun_script.widget_states.widgets.add()
        state.id = slider
        state.double_array_value.data.append(value)
    return back.SerializeToString()


async def answer(wire: ClientConnection, asked: bytes) -> tuple[str, float, float]:
    """The id of the slider, and milliseconds to the first new headline and to the end of the run."""
    start, first, slider = time.perf_counter(), 0.0, ""
    await wire.send(asked)
    while True:
        got = ForwardMsg()
        got.ParseFromString(bytes(await wire.recv()))
        element = got.delta.new_element
        if element.HasField("slider") and element.slider.label == LEVER:
            slider = element.slider.id
        if element.HasField("heading") and element.heading.body.startswith("In this model") and not first:
            first = time.perf_counter() - start
        done = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
        if got.WhichOneof("type") == "script_finished" and got.script_finished == done:
            return slider, 1000 * (first or time.perf_counter() - start), 1000 * (time.perf_counter() - start)


def spread(times: list[float]) -> dict[str, int]:
    """Median, 95 % and longest, in whole milliseconds."""
    return {"p50": round(np.quantile(times, 0.5)), "p95": round(np.quantile(times, 0.95)),
            "longest": round(max(times))}  # fmt: skip


if __name__ == "__main__":
    main()
