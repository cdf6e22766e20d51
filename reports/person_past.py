"""What one staff member was taught, and every rating that they were given."""

from collections.abc import Iterator, Mapping
from datetime import date

from assessments.rules.competency import Given, RaterKind, ShownIn
from assessments.use_cases.competencies import Stored
from reports import words
from reports.paper import Block, Paragraph, Table, text, typed
from reports.person_told import Told

BY: Mapping[RaterKind, str] = {
    "self": "by themselves",
    "supervisor": "by a supervisor",
    "observer": "by an observer",
    "knowledge-check": "by a knowledge check",
}
SHOWN: Mapping[ShownIn, str] = {
    "": "",
    "live": "seen live",
    "recording": "seen on a recording",
    "role-play": "seen in a role-play",
    "case-discussion": "shown in a case discussion",
    "note": "shown in a note",
    "session": "shown in a session",
}
NO_TRAINING = "No training was written down yet."


def training(told: Told) -> Iterator[Block]:
    if not told.person.done:
        yield Paragraph(text(NO_TRAINING))
        return
    rows = tuple(
        (text(typed(done.course)), text(words.day(done.on)), text(_until(done.holds_until, told.person.today)))
        for done in told.person.done
    )
    yield Table("Training", ("Course", "Attended on", "Holds"), (50, 25, 25), rows, captioned=False)


def _until(until: date | None, today: date) -> str:
    if until is None:
        return "Does not lapse"
    return words.holds(until, today)


def history_blocks(told: Told) -> tuple[Block, ...]:
    rows = tuple(
        (
            told.competency(one),
            text(words.day(stored.given.on)),
            text(_given(stored.given)),
            text(typed(_rater(told, stored))),
        )
        for one in told.person.checklist.indicators
        for stored in told.person.given.get(one.id, ())
    )
    if not rows:
        return (Paragraph(text("Nothing was rated yet.")),)
    head = ("Competency", "On", "Given", "By")
    return (Table("History", head, (40, 18, 22, 20), rows, captioned=False),)


def _given(given: Given) -> str:
    if given.level is None:
        return "Could not be judged"
    counted = f" ({given.correct} of {given.asked} right)" if given.asked else ""
    shown = f", {SHOWN[given.shown_in]}" if given.shown_in else ""
    return f"{given.level}{counted}{shown}"


def _rater(told: Told, stored: Stored) -> str:
    kind = words.capital(BY[stored.given.kind])
    return f"{kind}, {stored.given_by}" if told.named else kind
