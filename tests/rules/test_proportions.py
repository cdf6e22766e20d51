from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from assessments.rules.proportions import interval, provisional, written

WILSON = {
    (3, 3): "43.9-100.0",
    (5, 5): "56.6-100.0",
    (10, 10): "72.2-100.0",
    (20, 20): "83.9-100.0",
    (30, 30): "88.6-100.0",
    (8, 10): "49.0-94.3",
    (16, 20): "58.4-91.9",
    (24, 30): "62.7-90.5",
    (0, 10): "0.0-27.8",
}
EXACT = {
    (8, 10, 12): "66.7-83.3",
    (8, 10, 20): "55.0-90.0",
    (8, 10, 40): "50.0-95.0",
    (10, 10, 20): "80.0-100.0",
    (16, 20, 25): "72.0-84.0",
    (16, 20, 40): "65.0-90.0",
    (20, 20, 40): "90.0-100.0",
    (5, 5, 6): "83.3-100.0",
    (4, 5, 6): "66.7-83.3",
    (10, 10, 12): "91.7-100.0",
}
shares = st.integers(1, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def percent(low: Fraction, high: Fraction) -> str:
    return f"{float(low) * 100:.1f}-{float(high) * 100:.1f}"


@pytest.mark.parametrize(("share", "shown"), WILSON.items())
def test_the_table_where_the_list_is_not_known(share: tuple[int, int], shown: str) -> None:
    found = interval(*share)
    assert found.kind == "wilson"
    assert percent(found.low, found.high) == shown


@pytest.mark.parametrize(("share", "shown"), EXACT.items())
def test_the_table_for_a_list(share: tuple[int, int, int], shown: str) -> None:
    found = interval(*share)
    assert found.kind == "exact"
    assert percent(found.low, found.high) == shown
    assert (found.low * share[2]).denominator == (found.high * share[2]).denominator == 1


@pytest.mark.parametrize(("percent_over", "of"), [(60, 6), (70, 9), (80, 16), (90, 35)])
def test_how_many_all_met_it_takes(percent_over: int, of: int) -> None:
    assert interval(of, of).low > Fraction(percent_over, 100) >= interval(of - 1, of - 1).low


def test_all_records_leave_nothing_uncertain() -> None:
    found = interval(7, 12, 12)
    assert (found.kind, found.low, found.high) == ("all", Fraction(7, 12), Fraction(7, 12))


def test_a_long_list_takes_wilson() -> None:
    assert interval(8, 10, 200).kind == "exact"
    assert interval(8, 10, 201).kind == "wilson"


def test_under_five_is_provisional() -> None:
    assert provisional(4)
    assert not provisional(5)


@pytest.mark.parametrize("share", [(1, 0), (3, 2), (-1, 2), (1, 3, 2)])
def test_what_is_no_share_is_refused(share: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        interval(*share)


@settings(max_examples=60, deadline=None)
@given(shares, st.none() | st.integers(0, 170))
def test_the_interval_holds_the_share_and_rises_with_it(share: tuple[int, int], more: int | None) -> None:
    met, of = share
    out_of = None if more is None else of + more
    found = interval(met, of, out_of)
    assert 0 <= found.low <= Fraction(met, of) <= found.high <= 1
    if met < of:
        next_ = interval(met + 1, of, out_of)
        assert found.low <= next_.low
        assert found.high <= next_.high


@settings(max_examples=40, deadline=None)
@given(shares, st.integers(1, 40))
def test_the_exact_interval_holds_just_what_neither_tail_rules_out(share: tuple[int, int], more: int) -> None:
    (met, of), out_of = share, share[1] + more
    found = interval(met, of, out_of)
    for there in range(out_of + 1):
        law = hypergeom(out_of, there, of)
        tails = law.sf(met - 1), law.cdf(met)
        if any(isclose(tail, 0.025, rel_tol=1e-9) for tail in tails):
            continue  # scipy's floats cannot tell on which side of the limit an exact 1/40 lies
        assert (min(tails) > 0.025) == (found.low <= Fraction(there, out_of) <= found.high)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("7 of 9", (7, 9)),
        (" 7/9 ", (7, 9)),
        ("7 OUT OF 9", (7, 9)),
        ("1,204 of 2,000", (1204, 2000)),
        ("9 of 7", (9, 7)),
        ("7", None),
        ("seven of nine", None),
        ("-7 of 9", None),
        ("7.5 of 9", None),
        (", of ,", None),
        ("٧ of ٩", None),
        ("7 of 9" + "0" * 60, None),
    ],
)
def test_a_share_as_people_write_it(text: str, pair: tuple[int, int] | None) -> None:
    assert written(text) == pair
