"""Orders of moments that cannot be: told by field, all at once, and without repeating a date."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from assessments.rules.moments import Facts, Moment, Moments, before, day
from assessments.rules.quarters import is_quarter, quarter_of

Fault = tuple[str, str]
"""The name of a field of Moments, and a sentence."""
FARTHEST = timedelta(days=5 * 366)
NOT_BEFORE: tuple[tuple[str, str, str], ...] = (
    ("mother_home", "born", "The mother's discharge lies before the birth."),
    ("infant_home", "born", "The infant's discharge lies before the birth."),
    ("after_birth", "born", "The day on which the plan was initiated after the birth lies before the birth."),
    ("after_birth", "began", "The day on which the plan was initiated after the birth lies before its start."),
    ("began", "identified", "The plan began before use was identified."),
    ("completed", "began", "The plan was complete before it began."),
    ("ends", "began", "The plan ends before it began."),
    ("ends", "after_birth", "The plan ends before it was initiated after the birth."),
    ("ends", "completed", "The plan ends before it was complete."),
    ("interim", "sought", "Interim services were given before treatment was sought."),
    ("first_service", "referred", "The first service came before the referral."),
)
NOT_BOTH: tuple[tuple[str, str, str], ...] = (
    ("ends", "no_end", "An end is given, and also that the plan states none."),
    ("updated", "no_update", "An update is given, and also that there was none."),
    ("second_input", "no_input", "Input of a second discipline is given, and also that there was none."),
    ("completed", "incomplete", "The day of completion is given, and also that the plan was never complete."),
    ("mother_home", "mother_stays", "The mother's discharge is given, and also that she had not been discharged."),
    ("infant_home", "infant_stays", "The infant's discharge is given, and also that there was none yet."),
    ("born", "unborn", "A birth is given, and also that the infant was not born yet."),
    ("after_birth", "unborn", "A plan after the birth is given, and also that the infant was not born yet."),
    ("mother_home", "unborn", "A discharge after the birth is given, and also that the infant was not born yet."),
    ("infant_home", "unborn", "The infant's discharge is given, and also that it was not born yet."),
)
BEGAN = {True: "before the birth", False: "after the birth"}


def faults(
    moments: Moments, identified: str = "", began: str = "", today: date | None = None, quarter: str = ""
) -> tuple[Fault, ...]:
    """`identified`, `began` and `quarter` are those of the record's line on the list; `today` None leaves the future
    alone.
    """
    return (
        *_orders(moments),
        *((field, said) for field, flag, said in NOT_BOTH if {field, flag} <= moments.given),
        *_against_list(moments, identified, began),
        *_other_quarter(moments, quarter),
        *_far(moments, today),
    )


def _orders(moments: Moments) -> Iterator[Fault]:
    for field, start, said in NOT_BEFORE:
        if _before(getattr(moments, field), getattr(moments, start)):
            yield field, f"{said} Check both."
    if any(_before(one, moments.began) for one in moments.updated):
        yield "updated", "An update lies before the plan began. Check both."


def _against_list(moments: Moments, identified: str, began: str) -> Iterator[Fault]:
    facts = Facts(moments)
    if began == "no-plan" and moments.given & {"began", "completed", "after_birth", "ends", "updated"}:
        yield "began", "The list says that there is no plan. Correct the list, or leave the dates of the plan empty."
    elif began and (found := facts.began_before_birth) is not None and found != (began == "before-birth"):
        yield "began", f"By these dates the plan began {BEGAN[found]}; the list says otherwise. Correct one of them."
    known = facts.known_in_pregnancy
    if identified and known is not None and known != (identified == "in-pregnancy"):
        when = "in pregnancy" if known else "not in pregnancy"
        yield "identified", f"By these dates use was identified {when}; the list says otherwise. Correct one of them."


def _other_quarter(moments: Moments, quarter: str) -> Iterator[Fault]:
    """It is that of the birth or, of a record that was listed before it, of the plan's beginning."""
    told = {field: quarter_of(day(one)) for field in ("born", "began") if (one := getattr(moments, field))}
    if told and is_quarter(quarter) and quarter not in told.values():
        yield next(iter(told)), "It is not in the quarter that the list has for this record. Correct one of them."


def _far(moments: Moments, today: date | None) -> Iterator[Fault]:
    """A year mistyped shows as a date that is far from the others, or still to come."""
    given = [(field, one) for field in sorted(moments.given) for one in _all(getattr(moments, field))]
    if given and max(day(one) for _, one in given) - min(day(one) for _, one in given) > FARTHEST:
        yield "born", "Two of these dates lie more than five years apart. Check the years."
    if today:
        for field in sorted({field for field, one in given if field != "ends" and day(one) > today}):
            yield field, "This day is still to come. Check the year."


def _all(value: object) -> tuple[Moment, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, date) else ()


def _before(one: Moment | None, other: Moment | None) -> bool:
    return before(one, other, UTC) is True
