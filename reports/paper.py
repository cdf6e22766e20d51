"""What a document says, once and as plain data: `document.py` makes HTML of it, `word.py` Word, in the same words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Run:
    """Words in one look. `typed`: by people, and so of any script, in any direction and with any signs."""

    text: str
    strong: bool = False
    typed: bool = False


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    text: Text
    small: bool = False


@dataclass(frozen=True)
class Heading:
    """Within a section."""

    text: Text


@dataclass(frozen=True)
class Facts:
    """Names and what belongs to them, one beneath the other."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Listing:
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Table:
    """The first cell of each row names it. `widths` are per cent, in the order of `head`. The caption is not printed
    where a heading right above says the same. `room` is for what is filled in by hand: lines that each row has at
    least.
    """

    caption: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Text, ...], ...]
    captioned: bool = True
    room: int = 0


@dataclass(frozen=True)
class Picture:
    """`spec` is the chart as Vega-Lite, `alt` what it shows, for whoever does not see it."""

    spec: Mapping[str, Any]
    alt: str


Block = Paragraph | Heading | Facts | Listing | Table | Picture


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """`mark` says what everybody has to know first, that it is a draft; empty where there is nothing to say.

    `made` is a moment in the agency's own time zone. What is `short` goes on one page; that, and what is
    not `listed`, has no list of contents. `foot` stands at the foot of each page in place of its kind. What is `large`
    is printed so, for those whom it is about.
    """

    kind: str
    title: Text
    mark: str
    facts: Facts
    sections: tuple[Section, ...]
    made: datetime
    short: bool = False
    listed: bool = True
    foot: str = ""
    large: bool = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for part in self.sections for block in part.blocks if isinstance(block, Picture))

    @property
    def name(self) -> str:
        """In one line: for the title of a window and the foot of a page."""
        return f"{self.kind}: {words_of(self.title)}"


def text(*parts: str | Run) -> Text:
    """Empty parts are left out."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in runs if run.text)


def strong(words: str) -> Run:
    return Run(words, strong=True)


def typed(words: str) -> Run:
    return Run(words, typed=True)


def words_of(found: Text) -> str:
    return "".join(run.text for run in found)
