"""Two cycles of a collaborative, the same sites both times."""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.rules.change import Sides
from assessments.rules.cohorts import Cohort, Counted
from assessments.rules.shared_sites import How, SharedSite
from assessments.rules.side_by_side import Summary
from assessments.rules.since_last import Cycle, SinceRow, since_last
from tests.rules.build import checklist
from tests.rules.shared import site

LIST = checklist({"ORG": 2})


def cycle(number: int, *sites: SharedSite, cohorts: Collection[Cohort] = ()) -> Cycle:
    """The first asks. Each cycle has submissions of its own."""
    asking, *others = (replace(one, submission=f"{one.submission}-{number}") for one in sites)
    return Cycle(LIST, asking, others, cohorts)


def five(levels: str, how: How = "named") -> list[SharedSite]:
    return [site(name, levels, how) for name in "ABCDE"]


def all_at(level: int, sites: int) -> Summary:
    return Summary(Fraction(level), Fraction(level), Fraction(level), sites)


def row(before: Cycle, after: Cycle) -> SinceRow:
    (found,) = since_last(before, after)
    return found


def test_only_those_of_both_times_and_what_they_rated_both_times() -> None:
    before = cycle(1, site("A", "1 1"), site("B", "2 -"), site("left", "0 0"))
    after = cycle(2, site("A", "3 2"), site("B", "3 0"), site("came", "4 4"))
    found = row(before, after)
    assert [(one.neighbor.label, one.sides) for one in found.slopes] == [
        ("Name A", Sides(Fraction(1), Fraction(5, 2), 2)),
        ("Name B", Sides(Fraction(2), Fraction(3), 1)),
    ]


def test_both_medians_are_of_the_same_sites() -> None:
    came = [site(name, "4 4") for name in "XYZ"]
    found = row(cycle(1, *five("1 1")), cycle(2, *five("2 2"), *came))
    assert found.before == all_at(1, 5)
    assert found.after == all_at(2, 5)


def test_four_have_slopes_and_no_median() -> None:
    found = row(cycle(1, *five("1 1")[:4]), cycle(2, *five("2 2")[:4]))
    assert (len(found.slopes), found.before, found.after) == (4, None, None)


def test_who_is_named_once_and_blinded_once_is_not_shown() -> None:
    hows: tuple[How, ...] = ("blinded",) * 4
    blinded = [site(name, "1 1", how) for name, how in zip("BCDE", hows, strict=True)]
    own = site("own", "1 1", own=True)
    named = [replace(blinded[0], how="named"), *blinded[1:]]
    found = row(cycle(1, own, *blinded), cycle(2, own, *named))
    assert [one.neighbor.label for one in found.slopes] == ["L-C", "L-D", "L-E", "Name own"]


def cohort(number: int, sites: Collection[SharedSite]) -> Cohort:
    return frozenset(Counted(one.agency, f"{one.submission}-{number}", one.site) for one in sites)


def test_those_not_seen_count_where_they_were_a_cohort_both_times() -> None:
    own = site("own", "1 1", own=True)
    before, after = five("1 1", "aggregate"), five("3 3", "aggregate")
    early = cycle(1, own, *before, cohorts=[cohort(1, before)])
    same = row(early, cycle(2, own, *after, cohorts=[cohort(2, after)]))
    assert same.before == all_at(1, 5)
    assert same.after is not None
    assert same.after.sites == 5
    more = [*after, site("F", "3 3", "aggregate")]
    other = row(early, cycle(2, own, *more, cohorts=[cohort(2, more)]))
    assert (other.before, other.after) == (None, None)


def test_it_is_one_site_that_looks() -> None:
    with pytest.raises(ValueError, match="same site"):
        since_last(cycle(1, *five("1 1")), cycle(2, *reversed(five("1 1"))))
