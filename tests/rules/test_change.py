from fractions import Fraction

from hypothesis import given, settings

from assessments.rules.change import LeftOut, side_by_side
from assessments.rules.ratings import State
from assessments.rules.scoring import score
from tests.rules.build import NOWHERE, checklist, ratings
from tests.rules.strategies import Case, cases


def test_only_what_was_rated_in_both_is_compared() -> None:
    made = checklist({"A": 4, "B": 3})
    before, after = ratings({"A": "1 2 4 NA", "B": "2 - 3"}), ratings({"A": "3 2 0 4", "B": "? 4 4"})
    found = side_by_side((made, before), (made, after))
    assert [(m.indicator, m.before, m.after, m.direction) for m in found.moves] == [
        ("A-1", 1, 3, "up"),
        ("A-2", 2, 2, "same"),
        ("A-3", 4, 0, "down"),
        ("B-3", 3, 4, "up"),
    ]
    assert found.left_out == (
        LeftOut("A-4", "not applicable"),
        LeftOut("B-1", "not rated"),
        LeftOut("B-2", "not rated"),
    )
    assert (found.whole.common, found.of) == (4, 7)
    assert (found.domains["A"].before, found.domains["A"].after) == (Fraction(7, 3), Fraction(5, 3))
    assert (found.whole.before, found.whole.after) == (Fraction(8, 3), Fraction(17, 6))


def test_editions_are_compared_on_what_they_share() -> None:
    old = checklist({"A": 2, "B": 1}, {"B-1": {"scored": False}})
    new = checklist({"A": 1, "B": 2}, edition="2.0")
    found = side_by_side((old, ratings({"A": "1 4", "B": "0"})), (new, ratings({"A": "2", "B": "3 3"})))
    assert [move.indicator for move in found.moves] == ["A-1"]
    assert set(found.left_out) == {
        LeftOut("A-2", "only before"),
        LeftOut("B-1", "only after"),
        LeftOut("B-2", "only after"),
    }
    assert (found.whole.common, found.of) == (1, 4)


def test_nothing_in_common_has_no_mean() -> None:
    found = side_by_side((checklist({"A": 1}), {}), (checklist({"B": 1}), {}))
    assert found.whole.before is found.whole.after is None
    assert found.domains == {}
    assert found.of == 2


@settings(max_examples=60, deadline=None)
@given(cases())
def test_against_itself_nothing_moves_and_the_means_are_the_score(case: Case) -> None:
    found, scored = side_by_side(case, case), score(*case, NOWHERE)
    assert found.whole.before == found.whole.after == scored.whole.mean
    assert {d: s.after for d, s in found.domains.items()} == {
        d: f.mean for d, f in scored.domains.items() if f.mean is not None
    }
    assert all(move.direction == "same" for move in found.moves)
    assert len(found.moves) + len(found.left_out) == found.of
    assert len(found.moves) == sum(case[1][i.id].state is State.LEVEL for i in case[0].indicators if i.scored)
