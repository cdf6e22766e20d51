from datetime import date

from assessments.rules.scoring import standings
from assessments.rules.targets import About, Aim, Reach, levels, reach
from tests.rules.build import BLOCK_GRANT, DUTY, checklist, ratings
from tests.rules.test_path import CRITICAL

DAY = date(2025, 3, 1)
SIX = checklist({"A": 5, "B": 1}, {"A-1": {"duty": DUTY, "class_": "critical"}, "A-2": CRITICAL})
ROWS = standings(SIX, ratings({"A": "3 2 4 NA -", "B": "3"}), BLOCK_GRANT)


def reached(about: About, about_id: str, level: int) -> Reach:
    return reach(Aim(about, about_id, level, DAY), ROWS)


def test_a_domain_counts_how_many_of_what_applies_are_there() -> None:
    assert reached("domain", "A", 3) == Reach(2, 4, ("A-1",))
    assert reached("domain", "A", 2) == Reach(3, 4, ("A-1", "A-2"))
    assert reached("domain", "B", 3).all_there


def test_an_indicator_is_there_or_not() -> None:
    assert reached("indicator", "A-3", 4) == Reach(1, 1, ())
    assert reached("indicator", "A-5", 1) == Reach(0, 1, ())
    assert not reached("indicator", "A-5", 1).all_there


def test_below_the_target_of_a_duty_or_a_critical_item_it_is_a_step() -> None:
    assert reached("indicator", "A-1", 3).steps == ("A-1",)
    assert reached("indicator", "A-1", 4).steps == ()
    assert reached("indicator", "A-2", 2).steps == ("A-2",)
    assert reached("indicator", "A-3", 1).steps == ()


def test_what_does_not_apply_or_is_not_there_has_nothing_to_reach() -> None:
    assert reached("indicator", "A-4", 3) == reached("indicator", "Z-9", 3) == reached("domain", "Z", 3)
    assert (reached("domain", "Z", 3).of, reached("domain", "Z", 3).all_there) == (0, False)


def test_only_levels_that_there_are_can_be_aimed_at() -> None:
    made = checklist({"A": 2}, {"A-2": {"scored": False}})
    yes_no = made.own[0].model_copy(update={"levels": made.own[0].levels[::4]})
    changed = made.model_copy(update={"own": (yes_no, made.own[1])})
    assert levels(SIX, "indicator", "A-1") == levels(SIX, "domain", "A") == (1, 2, 3, 4)
    assert levels(changed, "indicator", "A-1") == levels(changed, "domain", "A") == (4,)
    assert levels(changed, "indicator", "A-2") == levels(SIX, "domain", "Z") == levels(SIX, "indicator", "A") == ()
