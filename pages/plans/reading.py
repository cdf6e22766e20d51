"""One record as one of its readers has it: what is answered, what follows from its clocks, and what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.rules.clocks import CLOCK_OF, Clock, standards
from assessments.use_cases.clocks import ClockLine, answer_of, is_certain
from assessments.use_cases.record_ratings import Found
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import Read, ReviewLine
from pages.shared import house, words
from standards.model import Checklist

Reader = Literal["first", "second"]


@dataclass(frozen=True)
class Reading:
    """One record on one checklist, as one of its readers has it; `to_read` are all records that this reader reads."""

    line: ReviewLine
    read: Read
    checklist: Checklist
    reader: Reader
    record: RecordLine
    to_read: Sequence[RecordLine]
    found: Mapping[str, Found]
    clocks: Mapping[Clock, ClockLine]
    compared: bool
    """What two found in it was laid side by side, and stays."""

    @property
    def frozen(self) -> bool:
        return self.read.status == "submitted" or self.compared

    @property
    def clocks_stay(self) -> bool:
        """All checklists share them: those of a record that two read stay from the first comparison on."""
        submitted = any(read.status == "submitted" for read in self.line.reads)
        return submitted or self.frozen or (self.record.second and self.line.compared_at is not None)

    @property
    def following(self) -> RecordLine | None:
        place = [one.id for one in self.to_read].index(self.record.id)
        return next(iter(self.to_read[place + 1 :]), None)

    @property
    def standards(self) -> Mapping[Clock, int | None]:
        return standards(self.line.rules.start_days, self.line.rules.service_days)

    def clock(self, indicator: str) -> ClockLine | None:
        return self.clocks.get(CLOCK_OF[indicator]) if indicator in CLOCK_OF else None

    def follows(self, indicator: str) -> bool:
        """From the clocks, with certainty: then nobody answers it by hand."""
        found = self.clock(indicator)
        return found is not None and is_certain(answer_of(self.checklist, indicator, found.came_to))

    @property
    def answered(self) -> frozenset[str]:
        """As many as the record's line says: what is certain from the clocks, and the rest by hand."""
        by_hand = {name for name, one in self.found.items() if one.answer.state.value != "unrated"}
        return frozenset(by_hand | {name for name in self.checklist.indicator if self.follows(name)})


def said(text: str) -> str:
    """In the agency's own terms, as Markdown."""
    return words.plain(words.in_terms(text, house.agency()))
