"""One word about one competency of one staff member, as the inputs hold it, and as it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.rules import proportions
from assessments.rules.competency import SKILL, Given, RaterKind, needs_showing
from assessments.use_cases.competencies import Shown, Stored
from assessments.use_cases.job_roles import Key

CANNOT = "cannot"
KEPT_NOWHERE = "Until then it stands on this screen alone, and is gone when you load the page again."
History = Sequence[Stored]
"""All that was given for one competency of one staff member, newest first."""


@dataclass(frozen=True)
class Field:
    checklist: Key
    staff: str
    indicator: str
    ladder: str
    kind: RaterKind
    on: date

    @property
    def name(self) -> str:
        return f"{self.staff}-{self.indicator}"

    @property
    def choice(self) -> str:
        """Which of its inputs holds the rating itself."""
        return "share" if self.kind == "knowledge-check" else "choice"

    def key(self, part: str) -> str:
        return f"staff-{part}-{self.kind}-{self.on}-{self.name}"

    @property
    def seen_by_all(self) -> str:
        """The key of what is said once of all who are rated on this competency on one screen: how it was seen."""
        return f"staff-seen-{self.kind}-{self.on}-{self.indicator}"


@dataclass(frozen=True)
class Draft:
    """What the inputs hold: `choice` is a level or CANNOT, `share` such as "7 of 9" is of a knowledge check."""

    choice: str | None = None
    shown_in: str | None = None
    share: str = ""
    note: str = ""


def asks(field: Field, draft: Draft) -> str:
    """What is still to be given, in words; "" where it can be saved."""
    if field.kind == "knowledge-check":
        return "" if draft.share.strip() else "Give how many answers were right, such as 7 of 9."
    if draft.choice is None:
        return "Choose a level: the note is saved with it."
    if draft.shown_in or not needs_showing(field.kind, level_of(draft)):
        return ""
    if field.ladder == SKILL:
        return f"A skill at {draft.choice} has to be seen. Say how you saw it, and it is saved. {KEPT_NOWHERE}"
    return f"Knowledge at {draft.choice} has to be shown. Say where it was, and it is saved. {KEPT_NOWHERE}"


def of_day(field: Field, history: History) -> Stored | None:
    return next((one for one in history if (one.given.kind, one.given.on) == (field.kind, field.on)), None)


def shown(field: Field, history: History) -> Shown:
    newest = next((one for one in history if one.given.kind == field.kind), None)
    stands = of_day(field, history) or newest
    return stands.shown if stands else None


def draft_of(field: Field, history: History) -> Draft:
    """What is stored on the day, as the inputs show it."""
    stored = of_day(field, history)
    if stored is None:
        return Draft()
    given = stored.given
    if given.asked is not None:
        return Draft(share=f"{given.correct} of {given.asked}", note=stored.note)
    choice = CANNOT if given.level is None else str(given.level)
    where = given.shown_in if needs_showing(field.kind, given.level) else ""
    return Draft(choice, where or None, note=stored.note)


def given_of(field: Field, draft: Draft) -> Given:
    if field.kind == "knowledge-check":
        return Given(field.kind, field.on, None, "", *(proportions.written(draft.share) or (None, None)))
    where: Any = draft.shown_in or ""
    return Given(field.kind, field.on, level_of(draft), where)


def level_of(draft: Draft) -> int | None:
    return None if draft.choice in (None, CANNOT) else int(draft.choice)
