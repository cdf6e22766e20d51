"""One indicator that raters gave their ratings of: what the comparison and the meeting need to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.rules import spread
from assessments.rules.ratings import Rated, State
from assessments.store.tables import Agency
from assessments.use_cases.consensus import Comparison
from assessments.use_cases.sheets import Row
from pages.shared import words
from standards.model import Indicator, Ladder, Level

Screen = Literal["list", "meeting"]
"""Each has fields of its own, so that what one page forgets is not forgotten on the other."""


@dataclass(frozen=True)
class Place:
    """Where a consensus stands."""

    assessment: str
    indicator: str

    def key(self, screen: Screen, name: str) -> str:
        return f"agree-{screen}-{name}-{self.assessment}-{self.indicator}"


@dataclass(frozen=True)
class Point:
    """`given` is what each rater gave, in the order of the names, `notes` theirs by name; `stored` is the consensus."""

    agency: Agency
    comparison: Comparison
    place: Place
    stored: Row
    notes: Mapping[str, str]
    screen: Screen

    def key(self, name: str) -> str:
        """Of a field or a button on this screen."""
        return self.place.key(self.screen, name)

    @property
    def row(self) -> spread.Row:
        return self.comparison.row[self.place.indicator]

    @property
    def indicator(self) -> Indicator:
        return self.comparison.checklist.indicator[self.place.indicator]

    @property
    def ladder(self) -> Ladder:
        return self.comparison.checklist.ladder_of[self.place.indicator]

    @property
    def given(self) -> list[tuple[str, Rated]]:
        return list(zip(self.comparison.names, self.row.given, strict=True))

    @property
    def counted(self) -> bool:
        return self.ladder.kind == "counts"

    @property
    def agreed(self) -> bool:
        return self.stored.answer.state is not State.UNRATED

    @property
    def reason_not_applicable(self) -> str:
        """What a rater wrote who gave it, else what the checklist says."""
        reasons = (self.stored.answer.reason, *(rated.reason for rated in self.row.given))
        return next(filter(None, reasons), words.in_terms(self.indicator.na, self.agency))

    @property
    def choices(self) -> dict[str, str]:
        """What can be agreed on, by value; a level that is computed is asked for as counts."""
        if self.counted:
            choices = {State.LEVEL.value: "Counted"}
        else:
            choices = {str(level.value): self.named(level) for level in self.ladder.levels}
        choices[State.CANNOT_JUDGE.value] = words.STATES[State.CANNOT_JUDGE]
        if self.indicator.na:
            choices[State.NOT_APPLICABLE.value] = words.STATES[State.NOT_APPLICABLE]
        return choices

    def ours(self, text: str) -> str:
        """In the agency's own terms, as Markdown."""
        return words.plain(words.in_terms(text, self.agency))

    def named(self, level: Level) -> str:
        return f"{level.value} {words.plain(level.name)}"

    def meaning(self, level: Level) -> str:
        """The words of a level, with what it means for this indicator in particular."""
        cue = next((cue for value, cue in self.indicator.cue.items() if value == str(level.value)), "")
        return self.ours(f"{level.words} {cue}".strip())

    def said(self, state: State, level: int | None, met: int | None, of: int | None, reason: str) -> str:
        """A rating in a few words, as Markdown."""
        if level is None:
            return f"{words.STATES[state]}{f': {words.plain(reason)}' if reason else ''}"
        counts = f" ({met:,} of {of:,})" if met is not None and of is not None else ""
        return f"{self.named(self.ladder.level(level))}{counts}"

    def said_of(self, rated: Rated) -> str:
        return self.said(rated.state, rated.level, rated.met, rated.of, rated.reason)

    @property
    def said_stored(self) -> str:
        return self.said_of(self.stored.rated)
