from typing import Any

from hypothesis import given, settings

from assessments.rules.gaps import Gap, Scope, gaps, scope_of
from assessments.rules.ratings import State
from assessments.rules.scoring import score
from tests.rules.build import BLOCK_GRANT, DUTY, NOWHERE, checklist, counted, rated, ratings
from tests.rules.strategies import Case, cases

DUTIES: dict[str, Any] = {"duty": DUTY, "class_": "critical"}
MIXED: dict[str, dict[str, Any]] = {
    "A-2": {"class_": "critical"},
    "A-3": DUTIES,
    "A-4": DUTIES,
    "A-5": {"class_": "critical"},
    "A-6": {"ladder": "share"},
    "A-7": {"ladder": "share"},
    "A-8": DUTIES,
}


def ids(found: tuple[Gap, ...]) -> list[str]:
    return [gap.indicator for gap in found]


def only(found: tuple[Gap, ...]) -> Gap:
    (gap,) = found
    return gap


def test_most_pressing_first() -> None:
    made = checklist({"A": 12}, MIXED)
    given_ = ratings({"A": "2 - ? 1 2 3/10 6/10 3 NA 3 - 0"})
    found = gaps(made, given_, BLOCK_GRANT)
    assert [(gap.indicator, gap.kind) for gap in found] == [
        ("A-4", "failing duty"),
        ("A-3", "unknown duty"),
        ("A-5", "failing critical"),
        ("A-2", "unknown critical"),
        ("A-8", "below target"),
        ("A-12", "below target"),
        ("A-6", "below target"),
        ("A-7", "below target"),
        ("A-1", "below target"),
        ("A-11", "unrated"),
    ]


def test_where_the_duty_does_not_bind_the_item_is_critical() -> None:
    made, given_ = checklist({"A": 12}, MIXED), ratings({"A": "4 - ? 1 2 10/10 10/10 3 NA 3 3 3"})
    assert ids(gaps(made, given_, NOWHERE)) == ["A-4", "A-5", "A-2", "A-3"]


def test_a_failing_duty_says_why() -> None:
    gap = only(gaps(checklist({"A": 1}, {"A-1": DUTIES}), {"A-1": rated(1)}, BLOCK_GRANT))
    assert gap.reason == "Duty not met: it is required by 42 U.S.C. 300x-27 and the level is 1 where 3 meets it."
    assert (gap.class_, gap.status, gap.level, gap.target, gap.gap) == ("duty", "not met", 1, 4, 3)
    assert (gap.domain, gap.standard, gap.unsupported) == ("A", "S-A-1", True)


def test_a_computed_duty_lists_every_unmet_case_even_at_level_4() -> None:
    made = checklist({"A": 1}, {"A-1": {**DUTIES, "ladder": "share"}})
    gap = only(gaps(made, {"A-1": counted(9, 10)}, BLOCK_GRANT))
    assert (gap.kind, gap.level, gap.gap, gap.unmet, gap.scope) == ("failing duty", 4, 0, 1, "limited")
    assert (
        gap.reason
        == "Duty not met: it is required by 42 U.S.C. 300x-27 and 1 of 10 cases falls short; it is met in every case."
    )
    assert gaps(made, {"A-1": counted(10, 10)}, BLOCK_GRANT) == ()


def test_a_computed_critical_item_lists_its_cases_even_when_met() -> None:
    made = checklist({"A": 1}, {"A-1": {"class_": "critical", "ladder": "share"}})
    met = only(gaps(made, {"A-1": counted(19, 20)}, NOWHERE))
    assert (met.kind, met.status, met.gap, met.unmet) == ("single cases", "met", 0, 1)
    assert met.reason == "Critical and at its target, yet 1 of 20 cases falls short."
    failing = only(gaps(made, {"A-1": counted(14, 20)}, NOWHERE))
    assert failing.kind == "failing critical"
    assert failing.unmet == 6
    assert failing.scope == "pattern"
    assert failing.reason.startswith("Not met: it is critical for safety or rights and ")
    assert failing.reason.endswith("6 of 20 cases fall short; it is met at level 4.")
    assert gaps(made, {"A-1": counted(20, 20)}, NOWHERE) == ()


def test_reasons_of_the_others() -> None:
    made = checklist({"A": 4}, {"A-1": DUTIES, "A-2": {"class_": "critical"}})
    found = {gap.indicator: gap.reason for gap in gaps(made, ratings({"A": "- ? 1"}), BLOCK_GRANT)}
    assert found == {
        "A-1": "Evidence needed: it is required by 42 U.S.C. 300x-27 and nobody has rated it yet.",
        "A-2": "Evidence needed: it is critical for safety or rights and it could not be judged.",
        "A-3": "Two levels below its target of 3.",
        "A-4": "Nobody has rated it yet.",
    }
    assert all(gap.gap is None for gap in gaps(made, {}, BLOCK_GRANT))


def test_scope_at_its_cuts() -> None:
    assert [scope_of(100 - unmet, 100) for unmet in (0, 1, 29, 30, 69, 70, 100)] == [
        None,
        "limited",
        "limited",
        "pattern",
        "pattern",
        "widespread",
        "widespread",
    ]


def test_own_targets_move_the_gap_and_not_the_duty() -> None:
    made = checklist({"A": 2}, {"A-1": DUTIES})
    found = gaps(made, ratings({"A": "2 3"}), BLOCK_GRANT, {"A-1": 2, "A-2": 4})
    assert [(gap.indicator, gap.kind, gap.gap) for gap in found] == [
        ("A-1", "failing duty", 0),
        ("A-2", "below target", 1),
    ]


def test_harm_and_effort_order_what_is_alike_and_not_set_comes_last() -> None:
    made, given_ = checklist({"A": 4}), ratings({"A": "2 2 2 2"})
    assert ids(gaps(made, given_, NOWHERE)) == ["A-1", "A-2", "A-3", "A-4"]
    assert ids(gaps(made, given_, NOWHERE, harm={"A-4": 2, "A-3": 0})) == ["A-4", "A-3", "A-1", "A-2"]
    assert ids(gaps(made, given_, NOWHERE, effort={"A-4": 1, "A-3": 3})) == ["A-4", "A-3", "A-1", "A-2"]


def test_the_cell_of_the_grid_goes_before_the_size_of_the_gap() -> None:
    made, given_ = checklist({"A": 4}), ratings({"A": "0 2 1 2"})
    scope: dict[str, Scope] = {"A-2": "limited", "A-3": "widespread", "A-4": "widespread"}
    found = gaps(made, given_, NOWHERE, harm={f"A-{n}": 2 for n in (1, 2, 3, 4)}, scope=scope)
    assert ids(found) == ["A-3", "A-4", "A-2", "A-1"]


def test_without_a_harm_there_is_no_cell_and_the_size_of_the_gap_goes_first() -> None:
    made, given_ = checklist({"A": 3}), ratings({"A": "2 2 0"})
    assert ids(gaps(made, given_, NOWHERE, scope={"A-2": "widespread"})) == ["A-3", "A-2", "A-1"]


def test_what_is_counted_goes_before_what_the_team_says_of_the_scope() -> None:
    made = checklist({"A": 2}, {"A-1": {"ladder": "share"}})
    found = gaps(made, ratings({"A": "1/10 1"}), NOWHERE, scope={"A-1": "limited", "A-2": "limited"})
    assert [(gap.indicator, gap.scope, gap.counted) for gap in found] == [
        ("A-1", "widespread", True),
        ("A-2", "limited", False),
    ]


def test_measures_of_context_are_in_no_gap_list() -> None:
    assert gaps(checklist({"A": 1}, {"A-1": {"scored": False}}), ratings({"A": "0"}), NOWHERE) == ()


@settings(max_examples=50, deadline=None)
@given(cases())
def test_every_cap_leads_the_list_and_nothing_at_its_target_is_in_it(case: Case) -> None:
    found, whole = gaps(*case, BLOCK_GRANT), score(*case, BLOCK_GRANT).whole
    first = [(gap.indicator, gap.status) for gap in found[: len(whole.caps)]]
    assert sorted(first) == sorted(whole.caps)
    assert whole.at_target + sum(gap.kind != "single cases" for gap in found) == whole.applicable
    assert not any(gap.state is State.NOT_APPLICABLE for gap in found)
    assert len(set(ids(found))) == len(found)
