from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.voices import FEWEST, HIDDEN, mean_of_shown, voices

GROUPS = st.dictionaries(
    st.sampled_from(["client", "front-line", "leadership"]), st.lists(st.integers(0, 4), max_size=9), max_size=3
)


def test_groups_stand_side_by_side() -> None:
    found = voices({"client": [0, 1, 1, 2, 4], "front-line": [3] * 6, "leadership": [4] * 5})
    client = found.groups["client"]
    assert (client.shown, client.people) == ("shown", 5)
    assert (client.mean, client.median) == (Fraction(8, 5), Fraction(1))
    assert found.groups["leadership"].mean == 4
    assert (found.together.people, found.together.mean) == (16, Fraction(46, 16))


def test_a_small_group_is_hidden_and_so_is_what_would_give_it_back() -> None:
    found = voices({"client": [0] * 4, "front-line": [3] * 6, "leadership": [4] * 5})
    assert found.groups["client"] == HIDDEN == found.together
    assert found.groups["client"].people is None
    assert found.groups["front-line"].mean == 3


def test_nobody_is_not_hidden() -> None:
    found = voices({"client": [], "front-line": [3] * 6})
    assert (found.groups["client"].shown, found.groups["client"].people) == ("nobody", 0)
    assert found.together == found.groups["front-line"]


def test_two_small_groups_that_are_many_together_may_be_in_the_total() -> None:
    assert voices({"client": [0] * 3, "leadership": [4] * 2, "front-line": [3] * 5}).together.people == 10
    assert voices({"client": [0] * 2, "leadership": [4] * 2, "front-line": [3] * 5}).together == HIDDEN


def test_a_share_may_ask_for_more_and_never_for_less() -> None:
    assert voices({"client": [2] * 10}, fewest=11).groups["client"] == HIDDEN
    with pytest.raises(ValueError, match="below 5"):
        voices({}, fewest=4)


def test_a_mean_over_indicators_is_over_those_that_are_shown() -> None:
    found = [voices({"client": levels}) for levels in ([1] * 5, [0] * 4, [2] * 5)]
    assert mean_of_shown(found, "client") == (Fraction(3, 2), 2)
    assert mean_of_shown(found, "leadership") is None


def left_over(given_: dict[str, list[int]]) -> tuple[Sequence[int], int]:
    """The hidden groups, and how many people remain when the shown are taken from the total."""
    found = voices(given_)
    hidden = [len(given_[group]) for group, voice in found.groups.items() if voice == HIDDEN]
    shown = sum(voice.people or 0 for voice in found.groups.values())
    return hidden, (found.together.people or shown) - shown


@settings(max_examples=200, deadline=None)
@given(GROUPS)
def test_no_subtraction_leaves_a_small_group(given_: dict[str, list[int]]) -> None:
    hidden, rest = left_over(given_)
    assert rest == 0 or (rest >= FEWEST and len(hidden) > 1)
    for group, voice in voices(given_).groups.items():
        assert (voice == HIDDEN) == (0 < len(given_[group]) < FEWEST)
