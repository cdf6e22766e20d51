"""Who stands beside whom, what a median is of, and that neither order nor figures tell of one that is not shown."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.cohorts import Cohort, Counted, next_cohort, unseen
from assessments.rules.shared_sites import How, Period, SharedSite, comparable, in_common, why_not
from assessments.rules.side_by_side import SideBySide, Summary, side_by_side, to_half
from tests.rules.shared import YEAR, site

OWN = site("own", "2 2 2 2", own=True)
LEVELS = ("1 1 1 1", "2 2 2 2", "3 3 3 3", "4 4 4 4", "0 0 0 0", "3 2 3 2", "1 4 1 4", "2 3 4 3")


def some(count: int, how: How | None = "named") -> list[SharedSite]:
    return [site(f"{how}-{n}", LEVELS[n % len(LEVELS)], how) for n in range(count)]


def cohort_of(sites: Sequence[SharedSite]) -> Cohort:
    return frozenset(Counted(one.agency, one.submission, one.site) for one in sites)


def of_domain(found: SideBySide) -> Summary | None:
    return found.domains[0].summary


def counted_of(found: SideBySide) -> Summary | None:
    return found.domains[0].counted


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"edition": "hash-2"}, ("another edition",)),
        ({"form": "short"}, ("another form",)),
        ({"period": Period(date(2027, 1, 1), date(2027, 6, 30))}, ("another period",)),
        ({"period": Period(date(2026, 12, 31), date(2027, 6, 30))}, ()),
        ({"edition": "hash-2", "form": "short"}, ("another edition", "another form")),
    ],
)
def test_same_edition_same_form_overlapping_period_or_not_compared(changed: dict[str, object], why: object) -> None:
    other = replace(site("A", "1"), **changed)  # type: ignore[arg-type]
    assert why_not(OWN, other) == why
    assert comparable(OWN, [other]) == (() if why else (other,))
    assert (other.name in str(side_by_side(OWN, [other]))) is (why == ())


def test_what_is_not_shared_is_compared_by_its_own_agency_alone() -> None:
    assert comparable(OWN, [site("A", "1", None)]) == ()
    mine = site("B", "1", None, own=True)
    assert comparable(OWN, [mine, OWN]) == (mine,)


def test_the_share_in_common_is_of_what_applies_at_either() -> None:
    found = in_common(site("A", "3 - NA ? 2"), site("B", "3 2 NA 1 1"))
    assert (found.both, found.of, found.share) == (2, 4, Fraction(1, 2))
    assert in_common(site("A", "NA"), site("B", "NA")).share is None


@given(st.permutations(LEVELS), st.permutations("aBcDeFgH"))
def test_the_order_is_that_of_the_labels_whatever_the_scores(levels: Sequence[str], names: Sequence[str]) -> None:
    hows: Sequence[How] = ("named", "blinded") * 4
    others = [site(name, line, how) for name, line, how in zip(names, levels, hows, strict=True)]
    found = side_by_side(OWN, others)
    labels = [neighbor.label for neighbor in found.neighbors]
    assert len(labels) == 9
    assert labels == sorted(labels, key=str.casefold)
    assert [point.neighbor.label for point in found.domains[0].points] == labels


def test_median_and_quartiles_are_to_half_a_level() -> None:
    others = [site(name, line) for name, line in zip("ABCD", ("1", "2", "3", "3"), strict=True)]
    assert of_domain(side_by_side(site("own", "4", own=True), others)) == Summary(
        Fraction(2), Fraction(3), Fraction(3), 5
    )


@given(st.lists(st.integers(0, 4), min_size=5, max_size=12))
def test_quartiles_are_those_of_numpy_and_so_of_percentile_cont(levels: list[int]) -> None:
    sites = [site(str(n), str(level), own=n == 0) for n, level in enumerate(levels)]
    found = of_domain(side_by_side(sites[0], sites[1:]))
    assert found is not None
    assert found[:3] == tuple(to_half(Fraction(float(q))) for q in np.percentile(levels, [25, 50, 75]))


@pytest.mark.parametrize(
    ("value", "half"), [("1.24", "1"), ("1.25", "1.5"), ("2.74", "2.5"), ("2.75", "3"), ("4", "4")]
)
def test_to_half_a_level(value: str, half: str) -> None:
    assert to_half(Fraction(value)) == Fraction(half)


def test_with_four_there_are_the_points_and_the_target_but_no_median() -> None:
    found = side_by_side(OWN, some(3), targets={"ORG": Fraction(7, 2)})
    assert of_domain(found) is None
    assert len(found.domains[0].points) == 4
    assert found.domains[0].target == Fraction(7, 2)
    assert of_domain(side_by_side(OWN, some(4))) is not None, "a fifth makes it one"


def test_a_site_that_shares_nothing_sees_the_others_and_counts_in_no_median() -> None:
    alone = replace(OWN, how=None)
    assert of_domain(side_by_side(alone, some(4))) is None
    found = of_domain(side_by_side(alone, some(5)))
    assert found is not None
    assert found.sites == 5


def test_no_agency_is_the_most_of_a_median() -> None:
    four = [replace(one, agency="same") for one in some(4)]
    assert of_domain(side_by_side(OWN, four)) is None
    three = [*four[:3], site("other", "1 1 1 1")]
    assert of_domain(side_by_side(OWN, three)) is not None, "three of five is sixty per cent"
    staffed = [replace(three[0], weight=6), *three[1:]]
    assert of_domain(side_by_side(OWN, staffed)) is None, "by its staff it is"


def test_a_domain_that_is_not_complete_has_a_point_and_is_in_no_median() -> None:
    others = [*some(3), site("thin", "4 - - -")]
    found = side_by_side(OWN, others)
    assert of_domain(found) is None
    assert "Name thin" in {point.neighbor.label for point in found.domains[0].points}


def test_the_blinded_have_letters_and_each_agency_sees_itself_by_name() -> None:
    others = some(3, "blinded")
    found = side_by_side(replace(OWN, how="blinded"), others)
    assert [(one.label, one.blinded, one.own) for one in found.neighbors] == [
        ("L-blinded-0", True, False),
        ("L-blinded-1", True, False),
        ("L-blinded-2", True, False),
        ("Name own", False, True),
    ]


def test_of_two_blinded_agencies_neither_is_shown_for_each_would_know_the_other() -> None:
    found = side_by_side(replace(OWN, how="blinded"), [*some(3), *some(1, "blinded")])
    assert [one.label for one in found.neighbors] == ["Name named-0", "Name named-1", "Name named-2", "Name own"]
    two_of_one = [replace(one, agency="same") for one in some(3, "blinded")]
    assert len(side_by_side(OWN, two_of_one).neighbors) == 1


def test_who_can_look_into_two_of_three_blinded_agencies_sees_no_letters() -> None:
    """The third would have no other to be taken for."""
    mine, another, *third = some(5, "blinded")
    looking = [replace(mine, own=True), replace(another, known=True)]
    assert [one.label for one in side_by_side(OWN, [*looking, *third[:1]]).neighbors] == ["Name blinded-0", "Name own"]
    assert len(side_by_side(OWN, [*looking, *third[:2]]).neighbors) == 5, "two that it does not know"


def test_sites_in_the_aggregate_count_as_a_cohort_and_not_otherwise() -> None:
    others = [*some(4), *some(5, "aggregate")]
    frozen = next_cohort(unseen([OWN, *others]), [])
    assert frozen == cohort_of(others[4:])
    without, with_them = (side_by_side(OWN, others, cohorts) for cohorts in ([], [frozen]))
    counted, seen = counted_of(with_them), of_domain(with_them)
    assert counted is not None and seen is not None
    assert (seen.sites, counted.sites) == (5, 5)
    assert (of_domain(without), counted_of(without)) == (seen, None)


def test_fewer_than_four_unknown_to_any_agency_wait() -> None:
    assert next_cohort(unseen(some(4, "aggregate")), []) is None
    five = some(5, "aggregate")
    assert next_cohort(unseen(five), []) is not None
    assert next_cohort(unseen([*five[:3], *(replace(one, agency="same") for one in five[3:])]), []) is None


def test_a_site_counts_once_in_a_cohort_and_not_as_often_as_it_was_rated() -> None:
    """Two sites of four cycles each are no eight sites."""
    two = [
        replace(one, submission=f"{one.submission} {year}", period=Period(date(year, 1, 1), date(year, 12, 31)))
        for one in some(2, "aggregate")
        for year in range(2023, 2027)
    ]
    assert next_cohort(two, []) is None
    six = [
        replace(one, submission=f"{one.submission} before", period=Period(date(2020, 1, 1), date(2020, 12, 31)))
        for one in some(6, "aggregate")
    ]
    assert next_cohort([*six, *some(6, "aggregate")], []) == cohort_of(some(6, "aggregate"))


def test_agencies_that_share_a_person_know_one_another() -> None:
    six = some(6, "aggregate")
    assert next_cohort(six, []) is not None
    lead = dict.fromkeys([one.agency for one in six[:3]], "the lead's")
    assert next_cohort(six, [], lead) is None


def test_blinded_sites_count_in_no_cohort() -> None:
    """Another period may show them by their letters, and what is left of the cohort with them."""
    mixed = [*some(2, "blinded"), *some(4, "aggregate")]
    assert unseen(mixed) == tuple(mixed[2:])
    found = side_by_side(OWN, mixed, [cohort_of(mixed)])
    assert (of_domain(found), counted_of(found)) == (None, None)


def test_who_looks_cannot_try_out_a_median_with_levels_of_its_own() -> None:
    cohort = some(5, "aggregate")
    for level in ("0 0 0 0", "2 2 2 2", "4 4 4 4"):
        asking = replace(OWN, how="named", domains=site("own", level).domains)
        found = side_by_side(asking, cohort, [cohort_of(cohort)])
        assert counted_of(found) == counted_of(side_by_side(OWN, cohort, [cohort_of(cohort)])) is not None


def test_a_cohort_is_frozen() -> None:
    """Who joins changes no figure before there are enough of them; who withdraws takes the cohort along."""
    first, later = some(5, "aggregate"), [site(f"late-{n}", "4 4 4 4", "aggregate") for n in range(5)]
    frozen = cohort_of(first)
    assert next_cohort([*first, *later[:4]], [frozen]) is None
    assert next_cohort([*first, *later], [frozen]) == cohort_of(later)
    everybody = some(5)
    before = side_by_side(OWN, [*everybody, *first], [frozen])
    assert side_by_side(OWN, [*everybody, *first, later[0]], [frozen]) == before
    gone = side_by_side(OWN, [*everybody, *first[1:]], [frozen])
    assert gone == side_by_side(OWN, everybody)
    again = [replace(first[0], submission="a second one"), *first[1:]]
    assert side_by_side(OWN, [*everybody, *again], [frozen]) == gone
    assert side_by_side(OWN, [*everybody, *first], [frozen]) == before != gone


def test_a_period_chosen_by_who_asks_picks_no_site_out_of_a_cohort() -> None:
    first = [*some(5, "aggregate"), site("early", "4 4 4 4", "aggregate", period=Period(YEAR.first, YEAR.first))]
    asking = replace(OWN, period=Period(date(2026, 6, 1), YEAR.last))
    counted = counted_of(side_by_side(OWN, [*some(5), *first], [cohort_of(first)]))
    assert counted is not None and counted.sites == 6
    assert counted_of(side_by_side(asking, [*some(5), *first], [cohort_of(first)])) is None


def test_which_sites_are_seen_changes_nothing_of_those_that_are_not() -> None:
    """Else whoever looks could try out, by its own period or levels, where a median turns."""
    cohort = [site(str(n), str(level), "aggregate") for n, level in enumerate((0, 1, 2, 2, 4))]
    looks = [[site(f"{level}-{n}", level) for level in "04" for n in range(sites)] for sites in range(6)]
    found = [side_by_side(replace(OWN, how="named"), [*look, *cohort], [cohort_of(cohort)]) for look in looks]
    assert len({of_domain(one) for one in found}) > 2
    assert {counted_of(one) for one in found} == {Summary(Fraction(1), Fraction(2), Fraction(2), 5)}
    without = [side_by_side(replace(OWN, how="named"), look) for look in looks]
    assert [of_domain(one) for one in found] == [of_domain(one) for one in without]
    assert [one.indicators for one in found] == [one.indicators for one in without], "an indicator is of those seen"


def test_a_domain_that_few_of_a_cohort_rated_does_not_tell_of_them() -> None:
    cohort = [replace(one, domains={}) for one in some(5, "aggregate")]
    some_rated = [site(f"rated {n}", "0 0 0 0", "aggregate") for n in range(4)]
    assert counted_of(side_by_side(OWN, [*cohort, *some_rated], [cohort_of([*cohort, *some_rated])])) is None
    five = [*some_rated, site("a fifth", "4 4 4 4", "aggregate")]
    counted = counted_of(side_by_side(OWN, [*cohort, *five], [cohort_of([*cohort, *five])]))
    assert counted is not None and counted.sites == 5


HOWS = st.sampled_from(["named", "blinded", "aggregate", None])


@given(st.lists(st.tuples(st.sampled_from(LEVELS), HOWS), max_size=14))
def test_nothing_leaves_but_what_the_share_allows(drawn: list[tuple[str, How | None]]) -> None:
    others = [site(f"<{n}>", levels, how) for n, (levels, how) in enumerate(drawn)]
    found = str(side_by_side(OWN, others, [cohort_of(unseen(others))]))
    assert "submission-of" not in found
    assert "agency-of" not in found
    assert "site-of" not in found
    enough = sum(other.how == "blinded" for other in others) >= 3
    for other in others:
        assert (f"'{other.name}'" in found) == (other.how == "named")
        assert (f"'{other.letter}'" in found) == (other.how == "blinded" and enough)


@given(st.lists(st.sampled_from(LEVELS), min_size=5, max_size=9), st.randoms(use_true_random=False))
def test_of_a_cohort_three_figures_leave_and_not_whose_they_are(levels: list[str], chance: random.Random) -> None:
    cohort = [site(str(n), line, "aggregate") for n, line in enumerate(levels)]
    chance.shuffle(levels)
    other_way = [site(str(n), line, "aggregate") for n, line in enumerate(levels)]
    frozen = [cohort_of(cohort)]
    assert side_by_side(OWN, cohort, frozen) == side_by_side(OWN, other_way, frozen)


def test_control_a_mean_with_its_number_tells_who_joined() -> None:
    """What the rule above is for: two means to two decimals and their numbers give the sixth away."""
    means = [Fraction(sum(map(int, line.split())), 4) for line in LEVELS]
    before, after = (round(float(sum(means[:n]) / n), 2) for n in (5, 6))
    assert abs((6 * after - 5 * before) - float(means[5])) < 0.06
