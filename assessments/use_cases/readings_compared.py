"""A workbook of an offline reader beside what is stored, cell by cell: what differs, what collides, what cannot be."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.rules.clocks import CLOCK_OF
from assessments.rules.codes import cleaned
from assessments.rules.team_share import ROLES
from assessments.rules.text import name_key
from assessments.use_cases.clocks import answer_of, is_certain
from assessments.use_cases.read_twice import READ_AS_OTHER
from assessments.use_cases.readings_back import (
    ClockRow,
    Clocks,
    Part,
    ReadingDifference,
    ReadingRow,
    ReturnedReadings,
    TeamRow,
    Unfitting,
    Value,
)
from assessments.use_cases.readings_stored import NOBODY, Kept, Who, person_names
from assessments.use_cases.record_ratings import checked_answer
from assessments.use_cases.reviewing import Reading
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import Part as Mark

R = TypeVar("R", ReadingRow, TeamRow, ClockRow)
LEAVE_OUT = "Take the row out, or empty it."
RIGHT_CODE = "Write the code that stood there, or take the row out."
BY_DATES = "Leave this cell blank, or mend the dates."


def key_of(code: str) -> str:
    return name_key(cleaned(code))


@dataclass
class Comparing:
    """A workbook beside what is stored, cell by cell. `compared` is whether its two readers were; `barred` are the
    records that this person has read as the other of the two, and `by_hand` the answers, by record, which the dates of
    the workbook would take the place of.
    """

    reading: Reading
    returned: ReturnedReadings
    kept: Mapping[str, Kept]
    dated: tuple[ClockRow, ...]
    compared: bool = False
    barred: Collection[str] = ()
    by_hand: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    differences: list[ReadingDifference] = field(default_factory=list)
    faults: list[Unfitting] = field(default_factory=list)
    same: int = 0

    def compare(self) -> None:
        clocks: dict[str, Clocks] = {}
        for dated, one in self._matched("clocks", self.dated):
            clocks[one.record.id] = dated.clocks
            self._clocks(dated, one)
        for row, one in self._matched("answer", self.returned.rows):
            for name, answer in row.answers.items():
                self._answer(row.number, one, name, answer, clocks.get(one.record.id))
        for team_row, one in self._matched("team", self.returned.team):
            for role, mark in team_row.marks.items():
                self._mark(team_row.number, one, role, mark)

    def named(self, db: Session) -> tuple[ReadingDifference, ...]:
        """With the names of those who changed what collides."""
        names = person_names(db, {one.by for one in self.differences if one.by})
        return tuple(replace(one, by=names[one.by]) if one.by else one for one in self.differences)

    def _matched(self, part: Part, rows: Collection[R]) -> Iterator[tuple[R, Kept]]:
        """Each row with its record, where that is read by this reader; else it is a fault."""
        first: dict[str, int] = {}
        for row in rows:
            key = key_of(row.code)
            wrong = self._barred(key, part)
            if not wrong and first.setdefault(key, row.number) != row.number:
                wrong = (f"This code stands in row {first[key]} already.", "Give each record one row.")
            if wrong:
                self.faults.append(Unfitting(part, row.number, "", *wrong))
            else:
                yield row, self.kept[key]

    def _barred(self, key: str, part: Part) -> tuple[str, str] | None:
        one = self.kept.get(key)
        if one is None:
            return ("The code is missing.", LEAVE_OUT) if not key else ("This code is not on the list.", RIGHT_CODE)
        record, compared = one.record, self.compared or (part == "clocks" and bool(self.reading.review.compared_at))
        reasons = (
            (record.turn is None, "This record was not drawn, so it is not read."),
            (record.put_aside != "", "This record was put aside, so it is not read."),
            (
                self.returned.reader == "second" and not record.second,
                "This record is read once, and not by a second reader.",
            ),
            (record.id in self.barred, READ_AS_OTHER),
            (record.second and compared, "What the two readers found in this record was compared and stays."),
        )
        return next(((why, LEAVE_OUT) for holds, why in reasons if holds), None)

    def _answer(self, row: int, one: Kept, name: str, answer: Answer, clocks: Clocks | None) -> None:
        try:
            mine = checked_answer(self.reading, name, answer, one.record.began)
        except (BadInput, NotFound) as wrong:
            self.faults.append(Unfitting("answer", row, name, str(wrong), "Mend it, or leave the cell blank."))
            return
        follows = one.follows.get(name) if clocks is None else self._following(name, clocks)
        if follows and mine not in (follows, UNRATED):
            self.faults.append(Unfitting("answer", row, name, "The dates of this record say otherwise.", BY_DATES))
            return
        base, there = self.returned.base_of(one.record.code).answers.get(name, (UNRATED, 0)), one.answer(name)
        if follows or mine == there.answer:
            self.same += 1
            return
        conflict = (there.answer, there.version) != base
        self._differ("answer", row, one, name, (base[0], there.answer, mine), conflict, there.who, there.version)

    def _following(self, name: str, clocks: Clocks) -> Answer | None:
        """What follows with certainty from the clocks that this workbook sets."""
        clock = CLOCK_OF.get(name)
        answer = answer_of(self.reading.checklist, name, clocks.get(clock) if clock else None)
        return answer if is_certain(answer) else None

    def _clocks(self, row: ClockRow, one: Kept) -> None:
        if row.clocks == one.clocks:
            self.same += 1
            return
        base = self.returned.base_of(one.record.code)
        moved, gives_way = bool(one.clocks) and base.version != one.record.version, self.by_hand.get(one.record.id, ())
        values = (base.clocks, dict(one.clocks), row.clocks)
        who = one.who("") if moved else NOBODY
        self._differ("clocks", row.number, one, "", values, moved or bool(gives_way), who, one.record.version)
        self.differences[-1] = replace(self.differences[-1], gives_way=gives_way)

    def _mark(self, row: int, one: Kept, role: str, mark: Mark | None) -> None:
        if role not in ROLES:
            self.faults.append(Unfitting("team", row, "", "A role here is not one of the team's.", LEAVE_OUT))
            return
        base, there = self.returned.base_of(one.record.code).team.get(role), one.team.get(role)
        if mark == there:
            self.same += 1
            return
        self._differ("team", row, one, role, (base, there, mark), there != base, one.who(role))

    def _differ(
        self,
        part: Part,
        row: int,
        one: Kept,
        about: str,
        values: tuple[Value, Value, Value],
        conflict: bool,
        who: Who,
        version: int = 0,
    ) -> None:
        at, by = who if conflict else NOBODY
        record = one.record
        self.differences.append(
            ReadingDifference(part, row, record.id, record.code, about, *values, version, conflict, by, at)
        )
