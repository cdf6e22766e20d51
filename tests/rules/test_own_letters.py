"""What is carried to a meeting tells of no letters whose they are."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.own_letters import has_letters, lettered, lettered_since
from assessments.rules.shared_sites import SharedSite
from assessments.rules.side_by_side import SideBySide, side_by_side
from assessments.rules.since_last import Cycle, since_last
from tests.rules.build import checklist
from tests.rules.shared import site

OTHERS = [site("B", "2 2"), *(site(name, "1 1", "blinded") for name in "MX")]
LIST = checklist({"ORG": 2})


def own(how: str = "blinded") -> SharedSite:
    return site("own", "3 3", how, own=True)  # type: ignore[arg-type]


def labels(found: SideBySide) -> list[str]:
    return [one.label for one in found.neighbors]


def test_ones_own_stands_where_its_letters_stand() -> None:
    found = side_by_side(own(), OTHERS)
    assert has_letters(found) and labels(found) == ["L-M", "L-X", "Name B", "Name own"]
    told = lettered(found)
    assert labels(told) == ["L-M", "L-own", "L-X", "Name B"]
    assert [point.neighbor.label for point in told.domains[0].points] == labels(told)
    assert [stand.level for stand in told.indicators[0].stands] == [1, 3, 1, 2]
    assert not any(one.own or one.letter for one in told.neighbors)
    assert len({one.in_common for one in told.neighbors}) == 1


@given(st.integers(0, 4))
def test_whoever_of_those_under_letters_made_it_it_is_the_same(level: int) -> None:
    """Their levels differ, and nothing else."""
    first, second = site("P", f"{level} 2", "blinded"), site("Q", "1 4", "blinded")
    books = [
        lettered(side_by_side(replace(mine, own=True), [other, *OTHERS]))
        for mine, other in ((first, second), (second, first))
    ]
    assert repr(books[0]) == repr(books[1])


def test_letters_that_stand_alone_are_left_out() -> None:
    assert labels(lettered(side_by_side(own(), OTHERS[:1]))) == ["Name B"]


def test_a_name_stays_a_name() -> None:
    found = side_by_side(own("named"), OTHERS)
    assert not has_letters(found) and labels(lettered(found))[-1] == "Name own"


def test_what_was_not_under_letters_both_times_is_left_out_of_the_change() -> None:
    def cycle(number: int, mine: SharedSite) -> Cycle:
        asking, *rest = (replace(one, submission=f"{one.submission}-{number}") for one in (mine, *others))
        return Cycle(LIST, asking, rest)

    others = [*OTHERS, site("Z", "1 1", "blinded")]
    now = side_by_side(own(), others)
    theirs = ["L-M", "L-X", "L-Z", "Name B"]
    for how, expected in (("blinded", sorted([*theirs, "L-own"], key=str.casefold)), ("named", theirs)):
        (row,) = lettered_since(now, since_last(cycle(1, own(how)), cycle(2, own())))
        assert [one.neighbor.label for one in row.slopes] == expected
