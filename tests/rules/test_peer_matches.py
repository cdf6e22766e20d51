"""What to work on together, and who can show whom."""

import pytest

from assessments.rules.cohorts import Counted
from assessments.rules.peer_matches import teaching, together
from assessments.rules.shared_sites import How, SharedSite
from assessments.rules.side_by_side import side_by_side
from standards.model import Class
from tests.rules.shared import site

PLAIN: dict[str, Class] = {}


def sites(*levels: str, how: How = "named") -> list[SharedSite]:
    return [site(f"{how}-{n}", line, how) for n, line in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "is_low"),
    [("0 1 1 1 1", True), ("0 1 1 1 4", True), ("0 1 1 2 2", False), ("1 1 1 1", False)],
    ids=["everywhere", "but at one", "at three of five", "four are too few"],
)
def test_low_nearly_everywhere_is_worked_on_together(levels: str, is_low: bool) -> None:
    first, *others = sites(*levels.split())
    assert bool(together(side_by_side(first, others), PLAIN)) is is_low


def test_the_lowest_comes_first_and_a_duty_before_it() -> None:
    first, *others = sites(*["1 0 1 3"] * 5)
    found = side_by_side(first, others)
    assert [one.indicator for one in together(found, PLAIN)] == ["ORG-2", "ORG-1", "ORG-3"]
    assert [one.indicator for one in together(found, {"ORG-3": "duty"})] == ["ORG-3", "ORG-2", "ORG-1"]


def test_high_here_and_low_there_is_taught() -> None:
    """ORG-2 has nobody low, ORG-3 nobody high."""
    first, *others = sites("1 2 1", "4 3 2", "2 4 0")
    (match,) = teaching(side_by_side(first, others), PLAIN)
    assert match.indicator == "ORG-1"
    assert [one.label for one in match.high] == ["Name named-1"]
    assert [one.label for one in match.low] == ["Name named-0"]


def test_where_ones_own_site_can_learn_comes_first_and_then_a_duty() -> None:
    own = site("own", "4 0 4", own=True)
    found = side_by_side(own, sites("0 4 0", "0 4 3", "0 4 3"))
    assert [one.indicator for one in teaching(found, PLAIN)] == ["ORG-2", "ORG-1", "ORG-3"]
    assert [one.own_is_low for one in teaching(found, PLAIN)] == [True, False, False]
    assert [one.indicator for one in teaching(found, {"ORG-3": "duty"})] == ["ORG-2", "ORG-3", "ORG-1"]


def test_the_blinded_are_found_by_their_letter_and_the_rest_not_at_all() -> None:
    own = site("own", "0", own=True)
    shown = teaching(side_by_side(own, sites("4", "4", "2", how="blinded")), PLAIN)[0]
    assert [one.label for one in shown.high] == ["L-blinded-0", "L-blinded-1"]
    unseen = sites("4", "4", "4", "4", "4", how="aggregate")
    cohort = frozenset(Counted(one.agency, one.submission, one.site) for one in unseen)
    counted = side_by_side(own, unseen, [cohort])
    assert teaching(counted, PLAIN) == ()
    low = sites("0", "0", "0", "0", "0", how="aggregate")
    cohort = frozenset(Counted(one.agency, one.submission, one.site) for one in low)
    assert together(side_by_side(own, low, [cohort]), PLAIN) == (), "what is not seen is in no list of indicators"
    assert together(side_by_side(own, sites("0", "0", "0", "0", "0")), PLAIN)
