"""Pieces of HTML for pages of ours: one element of the page each, where Streamlit's own would be a hundred."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reports.document import pieces
from reports.paper import Text
from standards.model import Class


class GapRow(NamedTuple):
    place: int
    indicator: str
    asks: str
    class_: Class
    urgent: bool
    stands: Text
    reason: Text
    ways: Sequence[tuple[str, str]]
    """Label and address."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first cell of a row says what it is about."""
    return str(pieces("shown.html").table(head, list(rows)))


def gaps(rows: Iterable[GapRow]) -> str:
    return str(pieces("shown.html").gaps(list(rows)))
