"""The critical elements that are not met, by record, in words; and how many of them may not be told yet."""

from reports import plan_results
from reports.plan_results import Told
from standards.model import Indicator

EVERY_CASE = "Of a critical element every single record counts: most of them is not enough, so each is listed."


def left_unlisted(told: Told) -> int:
    """Misses that the table counts and the list by record does not name, as they are in records that two read."""
    missed = sum(one.unmet for _, one in plan_results.of_critical(told.results))
    return 0 if told.unmet is None else max(missed - len(told.unmet), 0)


def how_many_listed(told: Told) -> str:
    """For a heading: "30", or "30 of 52"."""
    listed, left = len(told.unmet or ()), left_unlisted(told)
    return f"{listed:,} of {listed + left:,}" if left else f"{listed:,}"


def every_case(told: Told) -> str:
    left = left_unlisted(told)
    if not left:
        return EVERY_CASE
    are = "is" if left == 1 else "are"
    return (
        f"{EVERY_CASE} Listed here: {how_many_listed(told)}. {left:,} {are} in records that two people read and that "
        "are not compared yet: the second reader is not to see what the first one found. Once the two are compared, "
        "everything is listed."
    )


def unmet_by(told: Told) -> list[tuple[Indicator, str]]:
    """Each critical element that is not met somewhere, with the codes of the records, in the order of the list."""
    codes: dict[str, list[str]] = {}
    for one in told.unmet or ():
        codes.setdefault(one.indicator, []).append(one.code)
    return [(told.results.checklist.indicator[name], ", ".join(found)) for name, found in codes.items()]
