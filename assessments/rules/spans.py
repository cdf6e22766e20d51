"""A place in a text."""

from typing import NamedTuple


class Span(NamedTuple):
    kind: str
    start: int
    end: int
