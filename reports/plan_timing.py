"""What the clocks of a review came to, in words: days, and hours where the rule counts hours."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from assessments.rules.clocks import IN_MINUTES, Clock
from assessments.rules.plan_results import FEWEST_FOR_A_MEDIAN, ClockResult
from reports.plan_results import NOTHING, counted

INTRO = (
    "From elapsed days alone; no date is kept, and a record without its dates is not counted here. The mother's "
    "discharge and the infant's are two clocks: a stay in newborn intensive care sets them apart. An element that asks "
    "the same, as POP-01 does, also counts what a reader answered by hand, so its numbers can differ. Begun before the "
    "birth is counted, as in POP-01, only where use is known to have been known during pregnancy; the list says it of "
    "every record, so its number is another."
)
INTERIM = (
    "Interim services are counted by the clock: 48 hours and no more, whatever day of the week. The federal rule has "
    "the State ensure them and the program refer."
)
NO_CLOCK = "No clock is set yet. Dates are entered where a record is read, and turned into days at once."


class Row(NamedTuple):
    """What is asked, and from what its time is counted; "" where no time is."""

    title: str
    since: str = ""


GROUPS: Mapping[str, Mapping[Clock, Row]] = {
    "Pregnancy and birth": {
        "started-when-known": Row("From use known to plan begun", "use was known"),
        "started-before-birth": Row("Plan begun before the birth", "the birth"),
        "updated-in-pregnancy": Row("Updated in pregnancy", "the birth"),
        "made-after-birth": Row("Plan made after the birth", "the birth"),
    },
    "The mother's discharge": {
        "complete-before-mother-home": Row("Complete before the mother's discharge", "the mother's discharge"),
        "input-before-mother-home": Row("Several disciplines before the mother's discharge", "the mother's discharge"),
        "updated-after-discharge": Row("Updated after the mother's discharge", "the mother's discharge"),
    },
    "The infant's discharge": {
        "in-place-before-infant-home": Row("In place before the infant's discharge", "the infant's discharge"),
        "input-before-infant-home": Row("Several disciplines before the infant's discharge", "the infant's discharge"),
    },
    "Services and the end of the plan": {
        "interim": Row("Interim services within 48 hours", "treatment was sought"),
        "first-service": Row("From referral to first service", "the referral"),
        "end-stated": Row("An end is stated"),
        "ends-in-a-year": Row("Ends within a calendar year", "the plan was initiated after the birth"),
    },
}
ROWS: Mapping[Clock, Row] = {clock: row for group in GROUPS.values() for clock, row in group.items()}


def groups(clocks: Mapping[str, ClockResult]) -> dict[str, list[tuple[str, ClockResult, str]]]:
    """Title, counts and the middle of the time, of the clocks that are set, under each heading."""
    found = {
        group: [
            (row.title, clocks[clock], middle(clock, row, clocks[clock]))
            for clock, row in rows.items()
            if clock in clocks
        ]
        for group, rows in GROUPS.items()
    }
    return {group: rows for group, rows in found.items() if rows}


def middle(clock: Clock, row: Row, found: ClockResult) -> str:
    """The median, of five and more."""
    if not row.since or not found.known:
        return NOTHING
    if found.median is None:
        return f"Fewer than {FEWEST_FOR_A_MEDIAN} known"
    amount, unit = abs(found.median), "hour" if clock in IN_MINUTES else "day"
    if clock in IN_MINUTES:
        amount /= 60
    if not amount:
        return f"At the hour of {row.since}" if unit == "hour" else f"The day of {row.since}"
    said = f"{float(amount):.3g}"
    return f"{said} {unit}{'' if said == '1' else 's'} {'before' if found.median < Fraction() else 'after'} {row.since}"


def not_counted(found: ClockResult) -> str:
    numbers = ((found.not_applicable, "not applicable"), (found.cannot_judge, "cannot judge"))
    return ", ".join(f"{number:,} {why}" for number, why in numbers if number) or NOTHING


def met(found: ClockResult) -> str:
    return counted(found.met, found.of)


def has_interim(clocks: Mapping[str, ClockResult]) -> bool:
    return bool(IN_MINUTES & clocks.keys())
