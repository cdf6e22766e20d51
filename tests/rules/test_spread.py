from fractions import Fraction

import pytest
from hypothesis import given, settings

from assessments.rules.ratings import State
from assessments.rules.spread import Row, Spread, rows
from tests.rules.build import BLOCK_GRANT, DUTY, NOWHERE, checklist, ratings
from tests.rules.strategies import Case, cases


def of(*lines: str, changed: dict[str, dict[str, object]] | None = None, targets: dict[str, int] | None = None) -> Row:
    """The one indicator A-1, a token a rater."""
    (row,) = rows(checklist({"A": 1}, changed), [ratings({"A": line}) for line in lines], BLOCK_GRANT, targets or {})
    return row


@pytest.mark.parametrize(
    ("one", "other", "group", "across", "to_discuss"),
    [
        ("3", "3", "same", False, False),
        ("3", "4", "one apart", False, False),
        ("2", "3", "one apart", True, True),
        ("1", "2", "one apart", False, False),
        ("0", "2", "two or more apart", False, True),
        ("1", "4", "two or more apart", True, True),
        ("NA", "NA", "same", False, False),
        ("?", "?", "same", False, False),
        ("-", "-", "same", False, False),
        ("NA", "3", "not all a level", False, True),
        ("?", "NA", "not all a level", False, True),
        ("-", "3", "not all a level", False, True),
    ],
)
def test_what_needs_talking_about(one: str, other: str, group: str, across: bool, to_discuss: bool) -> None:
    for row in (of(one, other), of(other, one)):
        assert (row.group, row.across, row.to_discuss) == (group, across, to_discuss)


def test_the_target_is_the_one_that_holds() -> None:
    assert of("3", "4", targets={"A-1": 4}).across
    assert not of("2", "3", targets={"A-1": 2}).across
    assert of("3", "4", targets={"A-1": 4}).target == 4


def test_whether_a_duty_is_met_is_a_line_too() -> None:
    duty: dict[str, dict[str, object]] = {"A-1": {"duty": DUTY, "class_": "critical"}}
    row = of("2", "3", changed=duty)
    assert (row.target, row.across, row.to_discuss) == (4, True, True)
    assert of("3", "4", changed=duty).across
    assert not of("1", "2", changed=duty).across


def test_on_counts_one_case_can_be_across() -> None:
    share: dict[str, dict[str, object]] = {"A-1": {"duty": DUTY, "class_": "critical", "ladder": "share"}}
    row = of("9/10", "10/10", changed=share)
    assert (row.group, row.across) == ("same", True)


def test_measures_of_context_have_no_target_to_be_across() -> None:
    row = of("2", "3", changed={"A-1": {"scored": False}})
    assert (row.target, row.across, row.group) == (None, False, "one apart")


def test_more_than_two_raters_show_their_spread() -> None:
    row = of("3", "0", "2", "3", "-")
    assert row.spread == Spread((0, 2, 3, 3))
    assert (row.spread.least, row.spread.median, row.spread.most, row.spread.apart) == (0, Fraction(5, 2), 3, 3)
    assert [rated.level for rated in row.given] == [3, 0, 2, 3, None]
    assert of("-", "?").spread is None


def test_one_sheet_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        rows(checklist({"A": 1}), [{}], NOWHERE)


@settings(max_examples=50, deadline=None)
@given(cases())
def test_every_indicator_has_its_row_and_oneself_nothing_to_discuss(case: Case) -> None:
    made, given_ = case
    found = rows(made, [given_, given_, given_], BLOCK_GRANT)
    assert sorted(row.indicator for row in found) == sorted(i.id for i in made.indicators)
    assert not any(row.to_discuss for row in found)
    assert all((row.spread is None) == (row.given[0].state is not State.LEVEL) for row in found)
