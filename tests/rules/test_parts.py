from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.parts import Part, find, parts
from tests.rules.build import checklist


def test_a_domain_that_fits_is_one_part() -> None:
    made = checklist({"ORG": 2, "EMPTY": 0, "PAR": 1})
    assert parts(made) == (
        Part("ORG", "Title of ORG", "ORG", ("ORG-1", "ORG-2")),
        Part("PAR", "Title of PAR", "PAR", ("PAR-1",)),
    )


def test_a_large_domain_is_split_by_its_standards() -> None:
    found = parts(checklist({"SC": 11}, per_standard=2))
    assert [part.id for part in found] == ["SC-1", "SC-2", "SC-3"]
    assert [len(part.indicators) for part in found] == [4, 4, 3]
    assert found[1].title == "Title of SC (2 of 3)"


def test_a_large_standard_is_cut_evenly() -> None:
    assert [len(part.indicators) for part in parts(checklist({"A": 12}, per_standard=99))] == [4, 4, 4]
    assert [len(part.indicators) for part in parts(checklist({"A": 9}, per_standard=99))] == [4, 5]


def test_five_fit_one_screen_and_six_do_not() -> None:
    assert [len(part.indicators) for part in parts(checklist({"A": 5, "B": 6}, per_standard=99))] == [5, 3, 3]


def test_a_domain_that_was_one_part_once_leads_to_its_first() -> None:
    found = parts(checklist({"A": 5, "B": 6}))
    assert [part.id for part in found] == ["A", "B-1", "B-2"]
    assert [find(found, part.id) for part in found] == list(found)
    assert find(found, "B") == found[1]
    assert find(found, "C") is None and find(found, "") is None


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 40)),
    st.integers(1, 20),
    st.integers(1, 25),
)
def test_nothing_is_lost_and_nothing_is_too_long(sizes: dict[str, int], size: int, per_standard: int) -> None:
    made = checklist(sizes, per_standard=per_standard)
    found = parts(made, size)
    in_order = [indicator.id for domain in made.domains for indicator in made.by_domain[domain.id]]
    assert [name for part in found for name in part.indicators] == in_order
    assert all(1 <= len(part.indicators) <= size for part in found)
    assert len({part.id for part in found}) == len(found)
