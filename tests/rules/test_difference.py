from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.change import side_by_side
from assessments.rules.difference import Difference, difference
from assessments.rules.scoring import score
from tests.rules.build import NOWHERE, checklist, ratings
from tests.rules.strategies import LEVELS, NO_LEVEL, Case, cases


def parts(found: Difference) -> list[Fraction | int]:
    return [found.practice, found.rater, found.edition, found.not_applicable, found.not_rated]


def coverage(found: Difference) -> list[Fraction | int | None]:
    return [found.coverage_before, found.coverage_after]


def sure(found: Difference | None) -> Difference:
    assert found is not None
    return found


def test_practice_alone() -> None:
    made = checklist({"A": 2, "B": 1})
    found = sure(difference((made, ratings({"A": "1 2", "B": "2"})), (made, ratings({"A": "3 2", "B": "3"}))))
    assert (found.before, found.after) == (Fraction(7, 4), Fraction(11, 4))
    assert found.whole == 1
    assert parts(found) == [1, 0, 0, 0, 0]
    assert (found.common, found.of) == (3, 3)
    assert coverage(found) == [1, 1]


def test_what_moved_under_another_rater_is_told_apart() -> None:
    made = checklist({"A": 2, "B": 1})
    before, after = ratings({"A": "1 2", "B": "2"}), ratings({"A": "3 3", "B": "3"})
    found = sure(difference((made, before), (made, after), {"A-1"}))
    assert parts(found) == [Fraction(3, 4), Fraction(1, 2), 0, 0, 0]
    assert sure(difference((made, before), (made, after), {"A-1", "A-2", "B-1"})).practice == 0


def test_a_low_item_dropped_by_a_new_edition_is_no_practice() -> None:
    old, new = checklist({"A": 3}), checklist({"A": 2}, edition="2.0")
    found = sure(difference((old, ratings({"A": "3 3 0"})), (new, ratings({"A": "3 3"}))))
    assert found.whole == 1
    assert parts(found) == [0, 0, 1, 0, 0]
    assert (found.common, found.of) == (2, 3)


def test_a_low_item_called_not_applicable_is_no_practice() -> None:
    made = checklist({"A": 3})
    found = sure(difference((made, ratings({"A": "3 3 0"})), (made, ratings({"A": "3 3 NA"}))))
    assert found.whole == 1
    assert parts(found) == [0, 0, 0, 1, 0]


def test_a_low_item_left_out_is_no_practice() -> None:
    made = checklist({"A": 3})
    found = sure(difference((made, ratings({"A": "3 3 0"})), (made, ratings({"A": "3 3 ?"}))))
    assert found.whole == 1
    assert parts(found) == [0, 0, 0, 0, 1]
    assert coverage(found) == [1, Fraction(2, 3)]


def test_of_one_domain() -> None:
    made = checklist({"A": 2, "B": 2})
    before, after = (made, ratings({"A": "1 2", "B": "2 -"})), (made, ratings({"A": "3 2", "B": "3 4"}))
    found = sure(difference(before, after, domain="B"))
    assert found.whole == Fraction(3, 2)
    assert parts(found) == [1, 0, 0, 0, Fraction(1, 2)]
    assert (found.common, found.of) == (1, 2)
    assert difference(before, after, domain="C") is None


def test_nothing_in_common_cannot_be_told_apart() -> None:
    made = checklist({"A": 2})
    assert difference((made, ratings({"A": "1 -"})), (made, ratings({"A": "- 1"}))) is None


@st.composite
def editions(draw: st.DrawFn) -> tuple[Case, Case]:
    """Two cycles on editions that need not be the same; A-1 is in both, and rated."""

    def cycle() -> Case:
        sizes = {"A": draw(st.integers(1, 4)), "B": draw(st.integers(0, 3)), "C": draw(st.integers(0, 1))}
        names = [f"{domain}-{n + 1}" for domain, size in sizes.items() for n in range(size)]
        changed = {
            name: {"weight": draw(st.integers(1, 3)), "scored": name == "A-1" or draw(st.booleans())} for name in names
        }
        given_ = {name: draw(LEVELS if name == "A-1" else LEVELS | NO_LEVEL) for name in names}
        return checklist(sizes, changed), given_

    return cycle(), cycle()


@settings(max_examples=150, deadline=None)
@given(editions(), st.data())
def test_the_parts_add_up_exactly(cycles: tuple[Case, Case], data: st.DataObject) -> None:
    before, after = cycles
    change = side_by_side(before, after)
    others = data.draw(st.sets(st.sampled_from([move.indicator for move in change.moves])))
    found = sure(difference(before, after, others))
    assert sum(parts(found)) == found.whole
    assert found.before == score(*before, NOWHERE).whole.mean
    assert found.after == score(*after, NOWHERE).whole.mean
    assert change.whole.before is not None and change.whole.after is not None
    assert found.practice + found.rater == change.whole.after - change.whole.before
    of_a = sure(difference(before, after, others, "A"))
    assert sum(parts(of_a)) == of_a.whole


@settings(max_examples=40, deadline=None)
@given(cases())
def test_against_itself_there_is_no_part(case: Case) -> None:
    found = difference(case, case)
    assert found is None or parts(found) == [0, 0, 0, 0, 0]
