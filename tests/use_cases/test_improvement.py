"""What the team makes of its gaps: weights, priorities, actions, tests of change, measures. On both databases."""

import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from assessments.errors import AlreadyThere, BadInput, Conflict, LooksLikeClientData, NotFound, ToolkitError
from assessments.use_cases import actions, deleting, measures, priorities
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.plans import (
    ActionDetails,
    Due,
    MeasureDetails,
    Plan,
    RoundDetails,
    Value,
    due_actions,
    plan,
)
from assessments.use_cases.priorities import Weight
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, House, everything

TODAY = NOW.date()
CLIENT = "Her social security number is 123-45-6789"
WRITE_IT = ActionDetails("Write the admission policy", "Dana Reyes", TODAY, TODAY + timedelta(days=14))
TRY_IT = RoundDetails("Ask at intake for one week", "Nine of ten will be asked", TODAY)
WAIT = MeasureDetails("Days from call to admission", "days", "down")


@pytest.fixture
def chosen(house: House) -> str:
    house.rate("ORG-03", 1)
    priority: str = house.write(priorities.choose_priority, house.assessment, "ORG-03", "Admission comes first")
    return priority


def the_plan(house: House) -> Plan:
    found: tuple[Plan, ...] = house.read(plan, house.assessment)
    return found[-1]


def refused(house: House, error: type[ToolkitError], use_case: Any, *args: Any) -> str:
    """What it says; and nothing was written."""
    before = everything(house.engine)
    with pytest.raises(error) as wrong:
        house.write(use_case, *args)
    assert everything(house.engine) == before
    return str(wrong.value)


def test_what_the_team_weighs_orders_the_gaps(house: House) -> None:
    for name in ("SUP-01", "SUP-02", "SUP-03"):
        house.rate(name, 1)
    house.write(priorities.weigh, house.assessment, "SUP-03", Weight(harm=3))
    house.write(priorities.weigh, house.assessment, "SUP-02", Weight(harm=1, effort=2))
    rated = [gap for gap in house.read(gap_report, house.assessment).gaps if gap.level is not None]
    assert [gap.indicator for gap in rated] == ["SUP-03", "SUP-02", "SUP-01"]
    assert [(gap.harm, gap.effort) for gap in rated] == [(3, None), (1, 2), (None, None)]


def test_a_weight_is_swapped_by_its_version(house: House) -> None:
    first = house.write(priorities.weigh, house.assessment, "ORG-01", Weight(2, 1))
    assert first == Weight(2, 1, version=1)
    assert house.write(priorities.weigh, house.assessment, "ORG-01", first) == first
    refused(house, Conflict, priorities.weigh, house.assessment, "ORG-01", Weight(3, 1))
    taken_back = house.write(priorities.weigh, house.assessment, "ORG-01", replace(first, harm=None))
    assert (
        house.read(priorities.weights, house.assessment)
        == {"ORG-01": Weight(None, 1, version=2)}
        == {"ORG-01": taken_back}
    )


@pytest.mark.parametrize("weight", [Weight(0), Weight(4), Weight(None, 9)])
def test_a_weight_off_its_scale_is_refused(house: House, weight: Weight) -> None:
    assert "1, 2 or 3" in refused(house, BadInput, priorities.weigh, house.assessment, "ORG-01", weight)


def test_a_priority_has_its_reason_and_is_chosen_once(house: House, chosen: str) -> None:
    (one,) = house.read(priorities.priorities, house.assessment)
    assert (one.id, one.indicator, one.because, one.chosen_by, one.dropped) == (
        chosen,
        "ORG-03",
        "Admission comes first",
        "Ann Able",
        False,
    )
    again = (house.assessment, "ORG-03", "Again")
    refused(house, AlreadyThere, priorities.choose_priority, *again)
    refused(house, BadInput, priorities.choose_priority, house.assessment, "ORG-04", "  ")
    refused(house, NotFound, priorities.choose_priority, house.assessment, "ZZZ-99", "Why not")
    refused(house, LooksLikeClientData, priorities.choose_priority, house.assessment, "ORG-04", CLIENT)
    house.write(priorities.drop_priority, chosen, "The county does it", one.version)
    assert house.write(priorities.choose_priority, *again) != chosen


def test_what_was_dropped_is_kept_and_planned_no_further(house: House, chosen: str) -> None:
    house.write(actions.add_action, chosen, WRITE_IT)
    refused(house, BadInput, priorities.drop_priority, chosen, "", 1)
    house.write(priorities.drop_priority, chosen, "The county does it", 1)
    refused(house, Conflict, priorities.drop_priority, chosen, "Again", 1)
    assert the_plan(house).priority.dropped_because == "The county does it"
    assert [line.details for line in the_plan(house).actions] == [WRITE_IT]
    assert house.read(due_actions) == []
    refused(house, BadInput, actions.add_action, chosen, WRITE_IT)


def test_an_action_is_added_revised_and_due(house: House, chosen: str) -> None:
    late = replace(WRITE_IT, what="Ask the board", starts=None, due=TODAY - timedelta(days=1))
    someday = replace(WRITE_IT, what="Tell the county", starts=None, due=None)
    for details in (WRITE_IT, late, someday):
        house.write(actions.add_action, chosen, details)
    due: list[Due] = house.read(due_actions)
    assert [(one.action.details.what, one.indicator, one.site) for one in due] == [
        ("Ask the board", "ORG-03", "Main Street"),
        ("Write the admission policy", "ORG-03", "Main Street"),
    ]
    first = due[0].action
    done = replace(first.details, status="done", evidence="Minutes of November")
    house.write(actions.revise_action, first.id, done, first.version)
    assert [one.action.details.what for one in house.read(due_actions)] == ["Write the admission policy"]
    stored = {line.details.what: line for line in the_plan(house).actions}["Ask the board"]
    assert (stored.details.done_on, stored.version) == (TODAY, 2)
    refused(house, Conflict, actions.revise_action, first.id, late, first.version)
    house.write(actions.revise_action, first.id, replace(stored.details, status="under way"), 2)
    reopened = {line.details.what: line for line in the_plan(house).actions}["Ask the board"]
    assert reopened.details.done_on is None


@pytest.mark.parametrize(
    ("details", "says"),
    [
        (replace(WRITE_IT, due=TODAY - timedelta(days=1)), "lies before the start"),
        (replace(WRITE_IT, what=" "), "What is done is empty"),
        (replace(WRITE_IT, owner=""), "Owner is empty"),
        (replace(WRITE_IT, status="soon"), "Status: choose one of"),  # type: ignore[arg-type]
        (
            replace(WRITE_IT, status="done", done_on=TODAY + timedelta(days=1)),
            "cannot be done on November 23, 2026",
        ),
        (
            replace(WRITE_IT, status="done", done_on=TODAY - timedelta(days=1)),
            "was done, November 21, 2026, lies before the start, November 22, 2026.",
        ),
        (
            replace(WRITE_IT, starts=TODAY + timedelta(days=3), status="done"),
            "was done, November 22, 2026, lies",
        ),
    ],
)
def test_an_action_that_cannot_be_is_refused(house: House, chosen: str, details: ActionDetails, says: str) -> None:
    assert says in refused(house, BadInput, actions.add_action, chosen, details)


def test_what_looks_like_a_client_s_data_is_stopped_and_kept_with_a_reason(house: House, chosen: str) -> None:
    named = replace(WRITE_IT, evidence=CLIENT)
    refused(house, LooksLikeClientData, actions.add_action, chosen, named)
    refused(house, LooksLikeClientData, actions.add_round, chosen, replace(TRY_IT, did=CLIENT))
    refused(house, LooksLikeClientData, measures.add_measure, chosen, MeasureDetails(CLIENT))
    house.write(actions.add_action, chosen, named, keep_because="An example from a training")
    assert the_plan(house).actions[0].details.evidence == CLIENT


def test_a_test_of_change_decides_on_what_was_learned(house: House, chosen: str) -> None:
    round_id = house.write(actions.add_round, chosen, TRY_IT)
    refused(house, BadInput, actions.revise_round, round_id, replace(TRY_IT, decision="adopt"), 1)
    refused(house, BadInput, actions.revise_round, round_id, replace(TRY_IT, ends=TODAY - timedelta(days=1)), 1)
    refused(house, BadInput, actions.add_round, chosen, replace(TRY_IT, prediction=""))
    learned = replace(TRY_IT, ends=TODAY, did="Asked 12 women", learned="Most want to be asked", decision="adapt")
    house.write(actions.revise_round, round_id, learned, 1)
    assert [line.details for line in the_plan(house).rounds] == [learned]


def test_a_measure_has_one_value_a_day_in_the_order_of_days(house: House, chosen: str) -> None:
    measure = house.write(measures.add_measure, chosen, WAIT)
    refused(house, AlreadyThere, measures.add_measure, chosen, WAIT)
    days = [TODAY - timedelta(days=n) for n in (1, 7, 30)]
    for n, day in enumerate(days):
        assert house.write(measures.write_value, measure, Value(day, n)) is None
    again = Value(days[0], 9, 10, "after the new form")
    assert house.write(measures.write_value, measure, again) == Value(days[0], 0.0)
    newest = house.read(audit_trail, most=1).entries[0]
    assert (newest.before, newest.after) == ("0", "9 of 10")
    assert the_plan(house).measures[0].values == (
        Value(days[2], 2.0),
        Value(days[1], 1.0),
        Value(days[0], 9.0, 10, "after the new form"),
    )
    house.write(measures.take_out_value, measure, days[1])
    refused(house, NotFound, measures.take_out_value, measure, days[1])
    assert [value.on for value in the_plan(house).measures[0].values] == [days[2], days[0]]


def test_a_measure_is_renamed_on_its_version_and_keeps_its_values(house: House, chosen: str) -> None:
    measure = house.write(measures.add_measure, chosen, WAIT)
    house.write(measures.add_measure, chosen, replace(WAIT, name="Women asked"))
    house.write(measures.write_value, measure, Value(TODAY, 12))
    renamed = MeasureDetails("Days from first call to admission", "days", "down")
    house.write(measures.revise_measure, measure, renamed, 1)
    first = next(line for line in the_plan(house).measures if line.id == measure)
    assert (first.details, first.version, first.values) == (renamed, 2, (Value(TODAY, 12.0),))
    refused(house, Conflict, measures.revise_measure, measure, WAIT, 1)
    refused(house, AlreadyThere, measures.revise_measure, measure, replace(WAIT, name="Women asked"), 2)
    refused(house, BadInput, measures.revise_measure, measure, replace(WAIT, name=" "), 2)
    refused(house, BadInput, measures.revise_measure, measure, replace(WAIT, better="more"), 2)  # type: ignore[arg-type]
    refused(house, LooksLikeClientData, measures.revise_measure, measure, replace(WAIT, name=CLIENT), 2)
    refused(house, NotFound, measures.revise_measure, "nothing", WAIT, 2)
    house.write(measures.revise_measure, measure, replace(renamed, unit="d"), 2)
    units = {line.details.unit for line in the_plan(house).measures if line.details.name == renamed.name}
    assert units == {"d"}, "its own name is no second one"


def test_a_dropped_priority_is_measured_no_further(house: House, chosen: str) -> None:
    measure = house.write(measures.add_measure, chosen, WAIT)
    house.write(measures.write_value, measure, Value(TODAY, 12))
    house.write(priorities.drop_priority, chosen, "The county does it", 1)
    assert "was dropped" in refused(house, BadInput, measures.write_value, measure, Value(TODAY, 9))
    assert "was dropped" in refused(house, BadInput, measures.revise_measure, measure, replace(WAIT, unit="d"), 1)
    assert the_plan(house).measures[0].values == (Value(TODAY, 12.0),)


def test_the_rules_are_given_shares_only_where_every_value_is_a_count(house: House, chosen: str) -> None:
    measure = house.write(measures.add_measure, chosen, MeasureDetails("Women asked"))
    line = the_plan(house).measures[0]
    assert (line.series, line.counted) == ((), False)
    house.write(measures.write_value, measure, Value(TODAY - timedelta(days=1), 3, 4))
    line = the_plan(house).measures[0]
    assert (line.series, line.counted, line.counts) == ((Fraction(3, 4),), True, ((3, 4),))
    house.write(measures.write_value, measure, Value(TODAY, 2.5))
    line = the_plan(house).measures[0]
    assert (line.series, line.counted, line.counts) == ((Fraction(3), Fraction(5, 2)), False, ((3, 4),))


@pytest.mark.parametrize(
    "value",
    [
        Value(TODAY, math.nan),
        Value(TODAY, math.inf),
        Value(TODAY, "7"),  # type: ignore[arg-type]
        Value(TODAY, True),
        Value(TODAY + timedelta(days=1), 7),
        Value(TODAY, 11, 10),
        Value(TODAY, 2.5, 10),
        Value(TODAY, 0, 0),
    ],
)
def test_a_value_that_is_none_is_refused(house: House, chosen: str, value: Value) -> None:
    measure = house.write(measures.add_measure, chosen, WAIT)
    refused(house, BadInput, measures.write_value, measure, value)


def test_a_neighbor_reaches_none_of_it(house: House, neighbor: House, chosen: str) -> None:
    action = house.write(actions.add_action, chosen, WRITE_IT)
    measure = house.write(measures.add_measure, chosen, WAIT)
    refused(neighbor, NotFound, actions.add_action, chosen, WRITE_IT)
    refused(neighbor, NotFound, actions.revise_action, action, WRITE_IT, 1)
    refused(neighbor, NotFound, measures.write_value, measure, Value(TODAY, 1))
    refused(neighbor, NotFound, priorities.weigh, house.assessment, "ORG-01", Weight(1))
    assert neighbor.read(due_actions) == []
    with pytest.raises(NotFound):
        neighbor.read(plan, house.assessment)


def test_with_its_assessment_the_plan_goes(house: House, chosen: str) -> None:
    house.write(priorities.weigh, house.assessment, "ORG-01", Weight(1))
    house.write(actions.add_action, chosen, WRITE_IT)
    house.write(actions.add_round, chosen, TRY_IT)
    house.write(measures.write_value, house.write(measures.add_measure, chosen, WAIT), Value(date(2026, 11, 1), 3))
    house.write(deleting.delete_assessment, house.assessment, "Care of pregnant and postpartum women: the program")
    left = everything(house.engine)
    assert [
        name for name in ("weighing", "priority", "action", "round", "measure", "measured_value") if left[name]
    ] == []
