"""A checklist of staff or of records as its site sees it: of each indicator, how many people or records meet it.

A share of staff is of all whose role needs it: who is not rated is not known to be at target, and leaving somebody out
never helps. It is shown of five people and more, and only where most of them are rated. A share of records is of those
in which it applies and could be judged: what was not read yet is neither met nor not met.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from assessments.rules.bands import cut
from assessments.rules.competency import Standing
from assessments.rules.scoring import ENOUGH_RATED
from standards.model import Checklist, Counts, Indicator

FEWEST = 5
NOBODY_NEEDS_IT = "no role at this site needs it"
NO_RECORD_NEEDS_IT = "it applies to none of the records that were read"
From = Literal["staff", "record"]
"""What a level is counted from."""
COUNTED: Mapping[From, Counts] = {
    "staff": Counts(of="staff whose role needs it", met="those rated at the target of their role"),
    "record": Counts(of="records read to which it applies", met="those in which it is met"),
}
NEEDED_BY_NONE: Mapping[From, str] = {"staff": NOBODY_NEEDS_IT, "record": NO_RECORD_NEEDS_IT}
WHAT_IS_COUNTED: Mapping[From, str] = {"staff": "the ratings of staff", "record": "the records that were read"}
RATED = re.compile(r"Ratings of (\d+) of")
SOME_RATED = "Ratings of most of "
MEDIAN = re.compile(r"median level is (\d\.\d)")

Shown = Literal["shown", "too few", "none rated", "too few rated", "part rated", "nobody"]
Open = int | Literal["some"]
"""How many are not known to be at the target or below it, as far as that may be told."""


@dataclass(frozen=True)
class Share:
    """Of one competency. Everything but `shown` is None where it is not shown; `rated` is None too where it was read
    back from a count that did not tell it.
    """

    shown: Shown
    at_target: int | None = None
    rated: int | None = None
    needed: int | None = None
    median: Fraction | None = None


def share(standings: Iterable[Standing]) -> Share:
    """Over staff of today. Median level of those who are rated, on exact fractions."""
    needed = [one for one in standings if one.target is not None]
    known = [one for one in needed if one.is_known]
    if not needed:
        return Share("nobody")
    if len(needed) < FEWEST:
        return Share("too few")
    if not known:
        return Share("none rated")
    if len(known) < FEWEST:
        return Share("too few rated")
    if len(known) < ENOUGH_RATED * len(needed):
        return Share("part rated")
    at_target = sum(one.state == "at target" for one in known)
    return Share("shown", at_target, len(known), len(needed), _median([one.level or 0 for one in known]))


def left_open(counted: Share) -> Open:
    """Of one that is shown. Who is not known, and who is known to be below, are groups like any other: of one to four
    people no number is told that the share itself does not give away. Convention.
    """
    at_target, rated, needed = counted.at_target or 0, counted.rated, counted.needed or 0
    if rated is None:
        return "some"
    groups = (needed - rated, rated - at_target)
    return needed - rated if rated == needed or not any(0 < one < FEWEST for one in groups) else "some"


def told(counted: Share) -> str:
    """Of one that is shown, for the line of evidence."""
    found, of = left_open(counted), f"{counted.needed} staff"
    whose = f"{SOME_RATED}{of}" if found == "some" else f"Ratings of {(counted.needed or 0) - found} of {of}"
    rest = "; some are not rated yet" if found == "some" else f"; {found} are not rated yet" if found else ""
    return (
        f"{whose} by supervisors, observers and knowledge checks{rest}. Their median level is "
        f"{cut(counted.median or Fraction())}"
    )


def rated_told(said: str, needed: int) -> int | None:
    """How many were rated, read back as the median is; None where it says only that some were not."""
    if said.startswith(SOME_RATED):
        return None
    found = RATED.match(said)
    return int(found[1]) if found else needed


def median_told(said: str) -> Fraction | None:
    """Read back from what `told` has said: the median is no part of a rating, and stands there alone."""
    found = MEDIAN.search(said)
    return Fraction(found[1]) if found else None


def counted_from(indicator: Indicator) -> From | None:
    """None where it is rated on the site itself."""
    return next((name for name, counts in COUNTED.items() if indicator.counts == counts), None)


def rolled_up(checklist: Checklist) -> Checklist:
    """The same edition, of staff or of records, as a site is rated on it: on the ladder of counts that it names."""
    if checklist.hash not in _rolled:
        fields = {name: getattr(checklist, name) for name in Checklist.model_fields}
        made = Checklist.model_construct(**fields | {"indicators": tuple(_counted(checklist))})
        vars(made)["hash"] = checklist.hash  # it is that edition, and its receipts say so
        _rolled[checklist.hash] = made
    return _rolled[checklist.hash]


_rolled: dict[str, Checklist] = {}
"""By the hash of the edition: of the shipped ones, and of the few that agencies load."""


def counted_of(checklist: Checklist) -> From | None:
    """None where a site itself is rated on it."""
    if not checklist.rolls_up:
        return None
    return "record" if checklist.subject == "record" else "staff"


def _counted(checklist: Checklist) -> Iterable[Indicator]:
    of = counted_of(checklist) or "staff"
    changes = {"ladder": checklist.rolls_up, "cue": {}, "na": NEEDED_BY_NONE[of], "counts": COUNTED[of]}
    return (indicator.model_copy(update=changes) for indicator in checklist.indicators)


def _median(levels: Sequence[int]) -> Fraction:
    return median(map(Fraction, levels))
