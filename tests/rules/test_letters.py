"""Letters that stand for a site are nobody's initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.letters import are_free, may_stand_for

NAMES = st.lists(st.text("bcdfgBCDFG", min_size=1, max_size=6), min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("letters", "name", "fits"),
    [
        ("FB", "Fremont Bridge", True),
        ("FB", "Fremont Community Bridge (invented)", True),
        ("FB", "fremont-bridge", True),
        ("BR", "Fremont Bridge", True),
        ("BF", "Fremont Bridge", False),
        ("FB", "Lakeside", False),
        ("FB", "", False),
        ("FBK", "Fremont Bridge", False),
    ],
)
def test_what_letters_could_be_taken_for(letters: str, name: str, fits: bool) -> None:
    assert may_stand_for(letters, name) is fits
    assert are_free(letters, ["Lakeside", name]) is not fits


@given(NAMES, st.data())
def test_any_initials_in_their_order_fit(words: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)).filter(any))
    initials = "".join(word[0].upper() for word, keep in zip(words, kept, strict=True) if keep)
    assert may_stand_for(initials, " ".join(words)) and not are_free(initials, [" ".join(words)])
