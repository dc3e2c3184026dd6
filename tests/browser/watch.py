"""Watch what a page asks for and complains about: nothing from outside, no errors."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, WebSocket

OURS = {"127.0.0.1", None}  # None: data: and blob: addresses have no host
# Opened at a page other than the first, Streamlit looks for its server below that page too, and finds none.
PROBE = re.compile(r"http://127\.0\.0\.1:[0-9]+/[a-z_]+/_stcore/(health|host-config)")


def watch(context: BrowserContext) -> list[str]:
    """Return a list that fills with one sentence for each thing a page of `context` should not have done."""
    troubles: list[str] = []

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in OURS:
            troubles.append(f"the page asked for {request.url}: everything must come from the app itself")

    def on_socket(socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in OURS:
            troubles.append(f"the page opened a socket to {socket.url}")

    def on_console(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not PROBE.fullmatch(where):
            troubles.append(f"the page logged an error: {message.text} ({where})")

    def on_error(error: WebError) -> None:
        troubles.append(f"the page threw: {error.error}")

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", on_error)
    context.on("page", lambda page: page.on("websocket", on_socket))
    return troubles
