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


def test_a_site_that_rated_little_is_in_no_median_and_has_its_slope() -> None:
    """As in one cycle: the page has one rule."""
    sites = five("1 1")
    thin = [site(name, "3 -") for name in "ABCDE"]
    some = [*sites[:4], thin[4]]
    assert row(cycle(1, *sites), cycle(2, *sites)).before == all_at(1, 5), "the control"
    for early, late in ((sites, some), (some, sites), (thin, thin)):
        found = row(cycle(1, *early), cycle(2, *late))
        assert (len(found.slopes), found.before, found.after) == (5, None, None)


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
    assert (same.before, same.after) == (None, None), "of those seen there is one"
    assert (same.counted_before, same.counted_after) == (all_at(1, 5), all_at(3, 5))
    more = [*after, site("F", "3 3", "aggregate")]
    other = row(early, cycle(2, own, *more, cohorts=[cohort(2, more)]))
    assert (other.counted_before, other.counted_after) == (None, None)
    thin = [site(name, "3 -", "aggregate") for name in "ABCDE"]
    little = row(early, cycle(2, own, *thin, cohorts=[cohort(2, thin)]))
    assert (little.counted_before, little.counted_after) == (None, None), "a mean of one indicator is a level"


def test_one_under_letters_takes_no_place_of_one_by_name() -> None:
    """Of two in a wide period: else its name would go where letters come."""
    own = site("own", "1 1", own=True)
    hidden = [site(name, "1 1", "blinded") for name in "CDE"]
    before = cycle(1, own, site("B", "1 1"), *hidden)
    both = [site("B", "2 2"), replace(site("B", "3 3", "blinded"), submission="its newest")]
    assert [one.neighbor.label for one in row(before, cycle(2, own, *both, *hidden)).slopes] == [
        "L-C",
        "L-D",
        "L-E",
        "Name B",
        "Name own",
    ]


def test_it_is_one_site_that_looks() -> None:
    with pytest.raises(ValueError, match="same site"):
        since_last(cycle(1, *five("1 1")), cycle(2, *reversed(five("1 1"))))
