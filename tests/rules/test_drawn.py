"""Sizes, and a draw that anybody can repeat."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.drawn import draw, next_in_turn, shares
from assessments.rules.sampling import in_turn, needed, sample_size, second_size, shared_out

SIZES = {
    10: {6: 6, 12: 11, 20: 17, 30: 24, 50: 34, 100: 50, 200: 66, 500: 81},
    15: {6: 6, 12: 10, 20: 14, 30: 18, 50: 24, 100: 31, 200: 36, 500: 40},
}
LISTS = st.dictionaries(
    st.from_regex(r"[A-C]-[0-9]{1,3}", fullmatch=True),
    st.sampled_from(["", "2026-Q1", "2026-Q2", "2026-Q3"]),
    min_size=1,
)


@pytest.mark.parametrize(("margin", "listed"), [(margin, listed) for margin in (10, 15) for listed in SIZES[margin]])
def test_sizes_are_those_of_the_table(margin: int, listed: int) -> None:
    wanted = SIZES[margin][listed]
    assert needed(listed, margin) == wanted  # type: ignore[arg-type]
    assert sample_size(listed, margin) == (listed if listed <= 20 else wanted)  # type: ignore[arg-type]
    assert sample_size(listed, 0) == listed


@given(st.integers(0, 2_000), st.sampled_from([10, 15]))
def test_a_draw_is_never_larger_than_the_list(listed: int, margin: int) -> None:
    assert 0 <= sample_size(listed, margin) <= listed  # type: ignore[arg-type]


@pytest.mark.parametrize(("drawn", "two"), [(1, 1), (4, 4), (5, 5), (24, 5), (50, 5), (51, 6), (81, 9)])
def test_a_tenth_and_five_at_least_are_read_twice(drawn: int, two: int) -> None:
    assert second_size(drawn) == two


def test_the_order_is_known_to_whoever_knows_seed_and_list() -> None:
    """As `sha256sum` says: 16e3, 8dde, 7bcc and a0cc."""
    assert in_turn(["P-001", "P-002", "P-003", "P-004"], "2601") == ["P-001", "P-003", "P-002", "P-004"]


@given(LISTS, st.data(), st.text("0123456789", min_size=4, max_size=8))
def test_a_draw_can_be_repeated_and_keeps_its_promises(listed: dict[str, str], data: st.DataObject, seed: str) -> None:
    size = data.draw(st.integers(1, len(listed)))
    found = draw(listed, size, seed)
    again = draw(dict(sorted(listed.items(), reverse=True)), size, seed)
    assert found == again, "the order of the list matters"
    assert len(set(found.first)) == len(found.first) == size
    assert set(found.first) <= set(listed) and found.second <= set(found.first)
    assert len(found.second) == second_size(size)
    assert Counter(listed[code] for code in found.first) == Counter(
        {k: n for k, n in shares(listed, size).items() if n}
    )
    drawn = list(found.first)
    for code in found.first:
        following = next_in_turn(listed, drawn, code, seed)
        assert not following or (following not in drawn and listed[following] == listed[code])
        drawn += [following] if following else []
    assert len(set(drawn)) == len(drawn), "nothing is drawn twice"


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1), st.data())
def test_every_part_has_its_share(strata: dict[str, int], data: st.DataObject) -> None:
    total = sum(strata.values())
    size = data.draw(st.integers(0, total))
    found = shared_out(strata, size)
    assert sum(found.values()) == size
    assert all(0 <= found[name] <= strata[name] for name in found)
    if size >= len(strata):
        assert all(found.values()), "a part of the list is left out"


def test_another_seed_gives_another_draw() -> None:
    listed = {f"P-{number:03d}": "" for number in range(1, 101)}
    draws = {draw(listed, 20, str(seed)).first for seed in range(1000, 1020)}
    assert len(draws) == 20
    assert all(set(one) != set(other) for one, other in pairwise(sorted(draws)))


def test_every_record_has_the_same_chance() -> None:
    """Of 40, 10 drawn 400 times: each some 100 times."""
    listed = {f"P-{number:03d}": "" for number in range(1, 41)}
    found = Counter(code for seed in range(400) for code in draw(listed, 10, str(seed)).first)
    assert len(found) == 40 and min(found.values()) > 65 and max(found.values()) < 140
