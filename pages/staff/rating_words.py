"""What is said of ratings of staff: who rated, where it was shown, what stands there, and how two of them differ."""

from collections.abc import Sequence
from datetime import date

from assessments.rules.competency import OF_RECORD as WHO_COUNTS
from assessments.rules.competency import Given, RaterKind, ShownIn, record_of, standing
from assessments.use_cases.competencies import Stored
from pages.shared import words
from pages.staff.rating_fields import CANNOT, Draft, Field, History

KINDS: dict[RaterKind, str] = {
    "self": "Self",
    "supervisor": "Supervisor",
    "observer": "Observer",
    "knowledge-check": "Knowledge check",
}
BY: dict[RaterKind, str] = {
    "self": "self-rating",
    "supervisor": "supervisor",
    "observer": "observer",
    "knowledge-check": "knowledge check",
}
SHOWN_IN: dict[ShownIn, str] = {
    "live": "Live",
    "recording": "Recording",
    "role-play": "Role-play",
    "case-discussion": "Case discussion",
    "note": "Note",
    "session": "Session",
}
CANNOT_YET = "Cannot judge yet"
NUMBERS = {1: "one level", 2: "two levels", 3: "three levels", 4: "four levels"}
OF_RECORD = (
    "The newest rating of a supervisor or an observer is the rating of record; of one day, the observer's: where two "
    "compete, the row says which counts. Here you see the self-rating once you have given yours for that day."
)
ABOUT: dict[RaterKind, str] = {
    "self": "A self-rating is for reflection and never becomes the rating of record. A skill goes up to 2 here, "
    "because more takes somebody who has watched.",
    "supervisor": OF_RECORD,
    "observer": OF_RECORD,
    "knowledge-check": "Give how many answers were right, such as 7 of 9, and the level is computed: 8 in 10 right "
    "give 2, half of them give 1, fewer 0 (a convention). A check shows no more than 2, and no skill: skills are not "
    "listed here.",
}


def given(one: Given) -> str:
    """A rating in a few words: "3 on March 1, 2026, supervisor, live"."""
    level = _level(one)
    share = f" ({one.correct} of {one.asked} right)" if one.asked is not None else ""
    where = f", {SHOWN_IN[one.shown_in].lower()}" if one.shown_in else ""
    return f"{level}{share} on {words.day(one.on)}, {BY[one.kind]}{where}"


def draft(mine: Draft) -> str:
    """The same of what the inputs hold."""
    level = CANNOT_YET.lower() if mine.choice == CANNOT else mine.share or mine.choice or "nothing"
    where = f", {SHOWN_IN[mine.shown_in].lower()}" if mine.shown_in in SHOWN_IN else ""
    return level + where + (f" (note: {mine.note})" if mine.note else "")


def stored(field: Field, history: History) -> str:
    """What stands in the way of what was typed: that of the same day, else the newest of the same kind."""
    same = [one for one in history if one.given.kind == field.kind]
    stands = next((one for one in same if one.given.on == field.on), same[0] if same else None)
    if stands is None:
        return "nothing: it was taken out"
    return f"{given(stands.given)}, by {stands.given_by}" + (f" (note: {stands.note})" if stands.note else "")


def counting(field: Field, history: History) -> str:
    """Where another rating competes with the one that this field holds: which of the two counts."""
    mine = next((one.given for one in history if (one.given.kind, one.given.on) == (field.kind, field.on)), None)
    record = record_of(one.given for one in history)
    if mine is None or mine.kind == "self" or record is None:
        return ""
    if record is not mine:
        same_day = record.on == mine.on and record.kind in WHO_COUNTS
        other = f"the {BY[record.kind]}'s {_level(record)} of the same day" if same_day else given(record)
        return f"What counts is {other}, not this one."
    all_given = (one.given for one in history if one.given is not mine and one.given.level is not None)
    beaten = next((one for one in all_given if one.on == mine.on and one.kind in WHO_COUNTS), None)
    return f"This one counts, not the {BY[beaten.kind]}'s {_level(beaten)} of the same day." if beaten else ""


def taking_out(field: Field, one: Stored, when: str) -> str:
    """What goes and what stays, before it is done."""
    with_note = ", with its note" if one.note else ""
    return (
        f"This takes out the rating of {field.indicator}: {given(one.given)}{with_note}, saved {when}. "
        "The one before it, if there is one, counts again. The audit trail keeps that it was there."
    )


def _level(one: Given) -> str:
    return CANNOT_YET.lower() if one.level is None else str(one.level)


def earlier(field: Field, history: History, *, blind: bool) -> str:
    """The newest of each kind before that day, and whether it still holds on it."""
    newest: dict[RaterKind, Given] = {}
    for one in history:
        if one.given.on < field.on and not (blind and one.given.kind == "self"):
            newest.setdefault(one.given.kind, one.given)
    lines = [given(one) + (" (lapsed)" if one.has_lapsed(field.on) else "") for one in newest.values()]
    return f"Earlier: {'; '.join(lines)}." if lines else ""


def beside(history: Sequence[Stored], today: date) -> str:
    """The self-rating and the rating of record, only where both are there."""
    all_given = [one.given for one in history]
    found, record = standing(0, all_given, today), record_of(all_given)
    if found.apart is None or record is None or found.self_rated is None:
        return ""
    return f"Of record {record.level}, self-rated {found.self_rated.level}: {apart(found.apart)}."


def at_once(waiting: int, kind: RaterKind) -> str:
    """Beside how much is rated, before the first click."""
    if not waiting:
        later = ", a 3 or 4 once you say how it was seen" if kind in WHO_COUNTS else ""
        return f"Each rating is saved at once{later}."
    return f":material/pending: **{waiting} not saved yet:** the reason stands below the levels."


def apart(levels: int) -> str:
    """The self-rating less the rating of record, in words that blame nobody."""
    if not levels:
        return "the same level"
    return f"self-rating {NUMBERS[abs(levels)]} {'higher' if levels > 0 else 'lower'}"
