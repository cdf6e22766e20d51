"""Orders of moments that cannot be: told by field, all at once, and without repeating a date."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from assessments.rules.moment_words import FLAG_OF, FLAGS, NAMES
from assessments.rules.moments import Facts, Moment, Moments, before, day
from assessments.rules.quarters import is_quarter, quarter_of

Fault = tuple[str, str]
"""The name of a field of Moments, and a sentence."""
FARTHEST = timedelta(days=5 * 366)
NOT_BEFORE: tuple[tuple[str, str], ...] = (
    ("mother_home", "born"),
    ("infant_home", "born"),
    ("after_birth", "born"),
    ("after_birth", "began"),
    ("began", "identified"),
    ("completed", "began"),
    ("ends", "began"),
    ("ends", "after_birth"),
    ("ends", "completed"),
    ("interim", "sought"),
    ("first_service", "referred"),
)
"""A moment, and another that it cannot lie before."""
NOT_BOTH: tuple[tuple[str, str], ...] = (
    *FLAG_OF.items(),
    ("after_birth", "unborn"),
    ("mother_home", "unborn"),
    ("infant_home", "unborn"),
)
LATE = ("at-birth", "after-birth")
"""Of when use was identified: no plan was begun for it before the birth."""
BEGAN = {True: "before the birth", False: "after the birth"}
OR_THE_LIST = (
    "Check the date, or correct the list on the page “Records”. After the draw the list stays: leave the date empty, "
    "and answer by hand."
)
"""Ends what is said of a moment that goes against the list."""


def faults(
    moments: Moments, identified: str = "", began: str = "", today: date | None = None, quarter: str = ""
) -> tuple[Fault, ...]:
    """`identified`, `began` and `quarter` are those of the record's line on the list; `today` None leaves the future
    alone.
    """
    return (
        *_orders(moments),
        *((field, _also(flag)) for field, flag in NOT_BOTH if {field, flag} <= moments.given),
        *_against_list(moments, identified, began),
        *_other_quarter(moments, quarter),
        *_far(moments, today),
    )


def _orders(moments: Moments) -> Iterator[Fault]:
    for field, start in NOT_BEFORE:
        if _before(getattr(moments, field), getattr(moments, start)):
            yield field, f"It lies before “{NAMES[start]}”. Check both."
    if any(_before(one, moments.began) for one in moments.updated):
        yield "updated", f"One lies before “{NAMES['began']}”. Check both."


def _also(flag: str) -> str:
    return f"A date is given, and also “{FLAGS[flag]}”. Keep one of them."


def _against_list(moments: Moments, identified: str, began: str) -> Iterator[Fault]:
    facts = Facts(moments)
    if began == "no-plan" and moments.given & {"began", "completed", "after_birth", "ends", "updated"}:
        yield "began", f"Dates of a plan are given; the list says that there is no plan. {OR_THE_LIST}"
    elif began == "after-birth" and moments.unborn:
        yield "began", f"The list says that the plan began after the birth; “{FLAGS['unborn']}”. {OR_THE_LIST}"
    elif began and (found := facts.began_before_birth) is not None and found != (began == "before-birth"):
        yield "began", f"By these dates the plan began {BEGAN[found]}; the list says otherwise. {OR_THE_LIST}"
    elif not began and identified in LATE and facts.began_before_birth:
        yield "began", f"By these dates the plan began before the birth; the list has use known later. {OR_THE_LIST}"
    known = facts.known_in_pregnancy
    if identified in LATE and moments.unborn:
        yield "identified", f"The list says at the birth or after it; “{FLAGS['unborn']}”. {OR_THE_LIST}"
    elif identified and known is not None and known != (identified == "in-pregnancy"):
        when = "in pregnancy" if known else "not in pregnancy"
        yield "identified", f"By these dates use was identified {when}; the list says otherwise. {OR_THE_LIST}"


def _other_quarter(moments: Moments, quarter: str) -> Iterator[Fault]:
    """It is that of the birth or, of a record that was listed before it, of the plan's beginning."""
    told = {field: quarter_of(day(one)) for field in ("born", "began") if (one := getattr(moments, field))}
    if told and is_quarter(quarter) and quarter not in told.values():
        yield next(iter(told)), f"The list says {quarter}, and this day lies in another quarter. {OR_THE_LIST}"


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
