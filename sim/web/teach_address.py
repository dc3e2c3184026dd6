"""Addresses that a room hands out: to join, for the projector, for the facilitator; and a code to scan."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

from sim.web import game_host

SHOW = "show"  # in the address of the projector view: the code of a room
LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
PAGES = ("teach", "play", "debrief")


def page(name: str, **query: str) -> str:
    """The address of a page behind whatever host this page was opened with."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    folders = [part for part in parts.path.split("/") if part]
    if folders and folders[-1] in PAGES:
        folders = folders[:-1]
    path = "/".join(["", *folders, name])
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), ""))


def join(code: str) -> str:
    """Where students go."""
    return page("play", **{game_host.CODE: code})


def lead(token: str) -> str:
    """The facilitator's secret link."""
    return page("teach", **{game_host.LEAD: token})


def show(code: str) -> str:
    """The projector view, without secrets."""
    return page("teach", **{SHOW: code})


def debrief(code: str) -> str:
    """The debrief of a room."""
    return page("debrief", **{game_host.CODE: code})


def is_local() -> bool:
    """Whether this page was opened by an address that no other computer can open."""
    return (urlsplit(st.context.url or "").hostname or "") in LOCAL


def qr(address: str, alt: str, width: int) -> None:
    """The address as a code to scan, dark on white in every theme."""
    drawing = segno.make(address, error="m").svg_inline(scale=8, border=3, dark="#000000", light="#ffffff")
    st.image(drawing, width=width, alt=alt)
