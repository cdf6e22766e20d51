"""What a workbook of an offline reader says once it is read, and how that differs from what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assessments.rules.clocks import Clock, Clocked
from assessments.rules.text import name_key
from assessments.use_cases.record_ratings import Reader
from assessments.use_cases.records_back import RecordRow
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import Part as Mark

Clocks = Mapping[Clock, Clocked]
Part = Literal["answer", "clocks", "team"]
"""Of a workbook, each with a sheet of its own."""
Value = Answer | Clocks | Mark | int | None
Key = tuple[str, Part, str]


@dataclass(frozen=True)
class RecordBase:
    """What was stored of one record when the workbook was taken out: answers with their versions, marks of the team,
    how many clocks were set. What is left out was not there.
    """

    version: int = 0
    clocks: int = 0
    answers: Mapping[str, tuple[Answer, int]] = field(default_factory=dict)
    team: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadingRow:
    """By indicator; what is blank, or says what it said, is left out. `number` is that of the sheet."""

    number: int
    code: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class TeamRow:
    """By role; None takes a mark off."""

    number: int
    code: str
    marks: Mapping[str, Mark | None]


@dataclass(frozen=True, repr=False)
class ReturnedReadings:
    """A filled-in workbook, read; `hash` is that of the edition, `base` goes by the key of the code. Its `dates` live
    until `preview_readings` has turned them into clocks.
    """

    assessment: str
    checklist: str
    edition: str
    hash: str
    reader: Reader
    base: Mapping[str, RecordBase] = field(default_factory=dict)
    rows: tuple[ReadingRow, ...] = ()
    team: tuple[TeamRow, ...] = ()
    dates: tuple[RecordRow, ...] = ()

    def base_of(self, code: str) -> RecordBase:
        return self.base.get(name_key(code), NO_BASE)


NO_BASE = RecordBase()


@dataclass(frozen=True)
class ClockRow:
    """What the dates of one row come to."""

    number: int
    code: str
    clocks: Clocks


@dataclass(frozen=True)
class Unfitting:
    """What is wrong in one cell: `about` is an indicator, a role or a date by its field, "" the code. Nothing that was
    typed is repeated.
    """

    part: Part
    row: int
    about: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class ReadingDifference:
    """What the workbook says of one record and what is stored differ. It is a conflict where somebody changed what is
    stored after the workbook was taken out: `by` whom and `at` what time. Of clocks, `base` is how many were set, and
    it is a conflict too where answers given by hand say otherwise: `gives_way` names them.
    """

    part: Part
    row: int
    record: str
    code: str
    about: str
    base: Value
    stored: Value
    mine: Value
    version: int = 0
    conflict: bool = False
    by: str = ""
    at: datetime | None = None
    gives_way: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.record, self.part, self.about


@dataclass(frozen=True)
class ReadingsPreview:
    """Either differences, or faults. `returned` is without its dates; `same` is how many cells say what is stored;
    `standards` are what the clocks were judged by.
    """

    returned: ReturnedReadings
    clocks: tuple[ClockRow, ...] = ()
    differences: tuple[ReadingDifference, ...] = ()
    faults: tuple[Unfitting, ...] = ()
    same: int = 0
    standards: tuple[int | None, int | None, str] = (None, None, "")

    @property
    def changes(self) -> tuple[ReadingDifference, ...]:
        return tuple(found for found in self.differences if not found.conflict)

    @property
    def conflicts(self) -> tuple[ReadingDifference, ...]:
        return tuple(found for found in self.differences if found.conflict)


@dataclass(frozen=True)
class ReadingsTaken:
    """How many answers and marks were written, of how many records the clocks, and how many conflicts were left."""

    answers: int = 0
    clocks: int = 0
    marks: int = 0
    left: int = 0

    @property
    def changes(self) -> int:
        return self.answers + self.clocks + self.marks
