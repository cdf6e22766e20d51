import pytest

from assessments.rules.effect import Effect, effects, summary
from tests.rules.build import ratings


def of(*levels: str) -> Effect:
    """The one indicator A-1, a token a cycle."""
    (found,) = effects(["A-1"], [ratings({"A": level}) for level in levels])
    return found


@pytest.mark.parametrize(
    ("levels", "outcome", "words"),
    [
        (["1"], "not yet known", "It began at level 1, and the next cycle gives no level for it yet."),
        (["1", "-"], "not yet known", "It began at level 1, and the next cycle gives no level for it yet."),
        (["1", "?", "3"], "not yet known", "It began at level 1, and the next cycle gives no level for it yet."),
        (["-", "3"], "not yet known", "There was no level to start from."),
        (["1", "1"], "not moved", "It stayed at level 1 at the next cycle."),
        (["2", "1"], "not moved", "It fell from level 2 to 1 at the next cycle."),
        (
            ["1", "1", "3"],
            "not moved",
            "It stayed at level 1 at the next cycle. It rose to level 3 only at the cycle after.",
        ),
        (["1", "3"], "moved", "It rose from level 1 to 3. Whether that holds, the cycle after will show."),
        (["1", "3", "NA"], "moved", "It rose from level 1 to 3. Whether that holds, the cycle after will show."),
        (["1", "3", "3"], "held", "It rose from level 1 to 3 and held: at the cycle after it is at level 3."),
        (["1", "3", "4"], "held", "It rose from level 1 to 3 and held: at the cycle after it is at level 4."),
        (["1", "3", "2"], "lost", "It rose from level 1 to 3 and fell back to level 2, still above where it began."),
        (
            ["1", "3", "1"],
            "lost",
            "It rose from level 1 to 3 and fell back to level 1, no longer above where it began.",
        ),
        (["1", "3", "3", "0"], "held", "It rose from level 1 to 3 and held: at the cycle after it is at level 3."),
    ],
)
def test_what_became_of_an_indicator(levels: list[str], outcome: str, words: str) -> None:
    found = of(*levels)
    assert (found.outcome, found.words) == (outcome, words)


def test_the_levels_stand_beside() -> None:
    assert of("1", "3").levels == (1, 3, None)
    assert of("2").levels == (2, None, None)


def test_one_sentence_for_the_priority() -> None:
    cycles = [ratings({"A": line}) for line in ("1 1 1 1", "3 3 1 -", "3 2 1 -")]
    found = effects(["A-1", "A-2", "A-3", "A-4"], cycles)
    assert [one.outcome for one in found] == ["held", "lost", "not moved", "not yet known"]
    assert summary(found) == (
        "2 of 4 linked indicators moved up; 1 held at the cycle after; 1 did not hold; 1 did not move up; "
        "1 cannot be told yet."
    )
    assert summary([of("1", "3")]) == "1 of 1 linked indicators moved up."
    assert summary([]).startswith("No indicator is linked")


def test_without_a_cycle_there_is_no_effect() -> None:
    with pytest.raises(ValueError, match="in which the priority was chosen"):
        effects(["A-1"], [])
