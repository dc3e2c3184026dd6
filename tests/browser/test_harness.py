"""The tools of the browser tests see what they are there to see."""

import functools
import http.server
import threading

import pytest

from tests.browser.axe import axe_violations
from tests.browser.server import running_app
from tests.browser.watch import watch

GOOD_PAGE = (
    '<!doctype html><html lang="en"><head><title>Good</title></head><body><main><h1>Good</h1></main></body>'
)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder without a line on the screen for every request."""

    def log_message(self, *_):
        pass


@pytest.fixture
def serve(tmp_path):
    """Serve one page on this machine and return its address."""
    (tmp_path / "favicon.ico").write_bytes(b"")
    handler = functools.partial(QuietHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def page(html):
            (tmp_path / "index.html").write_text(html, encoding="utf-8")
            return f"http://127.0.0.1:{server.server_port}/"

        yield page
        server.shutdown()
        thread.join()


def test_a_good_page_passes(page, serve):
    page.goto(serve(GOOD_PAGE))
    assert axe_violations(page) == []


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ('<script src="http://outside.example/x.js"></script>', "asked for http://outside.example/x.js"),
        ("<script>throw new Error('broken')</script>", "threw: broken"),
        ("<script>console.error('no data')</script>", "logged an error: no data"),
        ('<script>new WebSocket("ws://outside.example/s")</script>', "socket to ws://outside.example/s"),
    ],
)
def test_a_page_that_misbehaves_is_seen(browser, serve, script, seen):
    context = browser.new_context()
    troubles = watch(context)
    page = context.new_page()
    page.goto(serve(GOOD_PAGE + script))
    for _ in range(100):  # sockets are reported after the page has loaded
        if troubles:
            break
        page.wait_for_timeout(50)
    assert any(seen in trouble for trouble in troubles), troubles
    context.close()


def test_a_test_may_ask_for_a_phone_in_the_dark(new_context, serve, screenshots):
    page = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    page.goto(serve(GOOD_PAGE))
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [390, True]
    page.screenshot(path=screenshots / "harness.png")
    assert (screenshots / "harness.png").stat().st_size > 0


def test_a_picture_without_words_is_seen(page, serve):
    page.goto(serve(GOOD_PAGE + '<img src="favicon.ico">'))
    assert any(violation.startswith("image-alt (critical)") for violation in axe_violations(page))


def test_an_app_that_does_not_start_says_why(tmp_path):
    with (
        pytest.raises(RuntimeError, match="exit code 2"),
        running_app(tmp_path / "log", tmp_path / "missing.py", tmp_path),
    ):
        pass
