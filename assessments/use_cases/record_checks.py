"""What a record on the list may say: a code that tells of nobody, the quarter, and what fits the dates that came along.

No message repeats a code or a date: either may be what must not be written.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.errors import BadInput
from assessments.rules.codes import cleaned, not_for_a_record
from assessments.rules.moment_faults import LATE
from assessments.rules.moment_faults import faults as moment_faults
from assessments.rules.moment_words import NAMES
from assessments.rules.moments import Facts, Moments, day
from assessments.rules.quarters import is_quarter, quarter_of
from assessments.rules.text import name_key

IDENTIFIED = ("", "in-pregnancy", "at-birth", "after-birth")
BEGAN = ("", "before-birth", "after-birth", "no-plan")
AS_QUARTER = "Give it as in 2026-Q1."
TITLES: Mapping[str, str] = {
    "code": "Code",
    "quarter": "Quarter",
    "when_identified": "When use was identified",
    "when_began": "When the plan began",
    **NAMES,
}
"""What a record on the list and its dates are called on the screen and in a list of Excel, in that order."""
MOST = 2_000
"""Records on one list."""


@dataclass(frozen=True)
class RecordDetails:
    """A record without its dates. `quarter`, as "2026-Q1", is that of the birth or, before it, of the plan's
    beginning; `identified` is when use was known, `began` when the plan was begun, "" where nobody says.
    """

    code: str
    quarter: str
    identified: str = ""
    began: str = ""


@dataclass(frozen=True)
class Wrong:
    """`field` is a key of TITLES."""

    field: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{TITLES[self.field]}: {self.reason} {self.remedy}".strip()


DOUBLED = Wrong("code", "This code is on the list already.", "Give the record another one, such as the one offered.")


def completed(details: RecordDetails, moments: Moments) -> RecordDetails:
    """As it is kept, with what follows from the dates filled in where it was left open."""
    found = told_by(moments)
    quarter = details.quarter.strip().upper().replace(" ", "-")
    return RecordDetails(
        cleaned(details.code),
        quarter or found.quarter,
        details.identified or found.identified,
        details.began or found.began,
    )


def told_by(moments: Moments) -> RecordDetails:
    """What the dates say of the quarter, of when use was known and when the plan began; "" of what they leave open."""
    facts = Facts(moments)
    first = moments.born or moments.began
    known, began = facts.known_in_pregnancy, facts.began_before_birth
    return RecordDetails(
        "",
        quarter_of(day(first)) if first else "",
        "in-pregnancy" if known else "",
        "" if began is None else "before-birth" if began else "after-birth",
    )


TOO_EARLY = Wrong(
    "when_began",
    "Before the birth, and use was identified at the birth or after it: both cannot be.",
    f"Where use was known in pregnancy, correct “{TITLES['when_identified']}”; else correct this.",
)


def faults(
    details: RecordDetails,
    moments: Moments,
    today: date,
    taken: Collection[str] = frozenset(),
    *,
    settled: bool = False,
) -> tuple[Wrong, ...]:
    """All that is wrong with a record, as `completed`; `taken` are the keys of the codes of others. `settled`: the draw
    is done, so what the list says stays, even where it cannot be.
    """
    doubled = (DOUBLED,) if name_key(details.code) in taken else ()
    early = (TOO_EARLY,) if details.identified in LATE and details.began == "before-birth" and not settled else ()
    unlikely = moment_faults(moments, details.identified, details.began, today, details.quarter)
    return (*doubled, *_of_details(details, today), *early, *(Wrong(*one) for one in unlikely))


def refuse_faults(found: Collection[Wrong]) -> None:
    if found:
        raise BadInput("\n".join(map(str, found)))


def _of_details(details: RecordDetails, today: date) -> Iterator[Wrong]:
    if why := not_for_a_record(details.code):
        yield Wrong("code", why)
    if not details.quarter:
        yield Wrong("quarter", "The quarter is missing.", AS_QUARTER)
    elif not is_quarter(details.quarter):
        yield Wrong("quarter", "This is no quarter.", AS_QUARTER)
    elif details.quarter > quarter_of(today):
        yield Wrong("quarter", "This quarter has not begun yet.", "Give the quarter of the birth or of the plan.")
    for field, value, known in (
        ("when_identified", details.identified, IDENTIFIED),
        ("when_began", details.began, BEGAN),
    ):
        if value not in known:
            yield Wrong(field, "This is none of the choices.", "Choose one from the list, or leave it empty.")
