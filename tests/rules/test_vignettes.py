from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.vignettes import deviation, words

LEVELS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 4))


def test_ones_own_deviation() -> None:
    found = deviation({"a": 3, "b": 4, "c": 1, "x": 0}, {"a": 3, "b": 2, "c": 2, "d": 1})
    assert (found.agreement.compared, found.agreement.exact, found.agreement.within_one) == (3, 1, 2)
    assert (found.mean_signed, found.missing) == (Fraction(1, 3), 1)


def test_in_neutral_words() -> None:
    assert words(deviation({"a": 3, "b": 2}, {"a": 3, "b": 2})) == (
        "You and the reference gave the same level 2 of 2 times, and were at most one level apart 2 of 2 times. On "
        "average your levels are close to the reference."
    )
    assert "lie above the reference" in words(deviation({"a": 4}, {"a": 3}))
    assert "lie below the reference" in words(deviation({"a": 1}, {"a": 3, "b": 1}))
    assert words(deviation({"a": 1}, {"a": 3, "b": 1})).endswith("1 rating is still open.")
    assert words(deviation({}, {"a": 3})) == "Nothing is rated yet."
    said = words(deviation({"a": 0}, {"a": 4})).lower()
    assert not any(word in said for word in ("wrong", "error", "fail", "correct", "mistake"))


@given(LEVELS, LEVELS)
def test_turned_round_only_the_sign_turns(own: dict[str, int], reference: dict[str, int]) -> None:
    found, turned = deviation(own, reference), deviation(reference, own)
    assert found.signed == -turned.signed
    assert found.agreement == turned.agreement
    assert abs(found.signed) <= found.agreement.apart
