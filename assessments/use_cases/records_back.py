"""A list of records on its way in: a row as it was read, what it comes to without a date, and all as it is shown."""

from dataclasses import dataclass, field
from typing import Literal

from assessments.rules.clocks import Clock, Clocked
from assessments.rules.moments import Moments
from assessments.use_cases.record_checks import RecordDetails, Wrong

Clocks = dict[Clock, Clocked]
Change = tuple[str, str, str]
HEADINGS = ("code", "quarter", "when_identified", "when_began")
"""Of the fields of RecordDetails."""


@dataclass(frozen=True, repr=False)
class RecordRow:
    """A row as it was read; `number` is that of the sheet. What is "" stays as it is stored, and a cell in `unread` is
    at fault already. It lives until `preview_records` has turned its moments into clocks.
    """

    number: int
    details: RecordDetails
    moments: Moments = field(default_factory=Moments)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ListLine:
    """What a row comes to, without a date: `details` as they will be; `clocks` None where it gives no dates. `rank` is
    its place in time among the rows of the list. `changes` are field, before and after; with `clocks_replaced` all
    that is stored of clocks gives way to `clocks`, with `clocks_lost` it does not hold any more.
    """

    number: int
    details: RecordDetails
    clocks: Clocks | None = None
    rank: int = 0
    record_id: str = ""
    version: int = 0
    changes: tuple[Change, ...] = ()
    clocks_change: bool = False
    clocks_replaced: bool = False
    clocks_lost: bool = False

    @property
    def state(self) -> Literal["new", "changed", "same"]:
        if not self.record_id:
            return "new"
        return "changed" if self.changes or self.clocks_change else "same"


@dataclass(frozen=True)
class RecordPreview:
    """Either lines, or faults by row. `standards` are what the clocks were judged by."""

    lines: tuple[ListLine, ...] = ()
    faults: tuple[tuple[int, Wrong], ...] = ()
    standards: tuple[int | None, int | None, str] = (None, None, "")

    @property
    def to_write(self) -> tuple[ListLine, ...]:
        return tuple(line for line in self.lines if line.state != "same")


@dataclass(frozen=True)
class RecordsTaken:
    added: int = 0
    changed: int = 0
