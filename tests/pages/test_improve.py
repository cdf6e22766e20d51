"""From gaps to a plan as a person meets it: weighing, choosing, planning, and what is said on a refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from assessments.rules.days import in_words
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Delivery
from assessments.use_cases.actions import add_action, add_round, revise_action
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, add_cycle, cycles, set_up, sites
from assessments.use_cases.assessments import Cover, start_assessment, write_cover
from assessments.use_cases.measures import add_measure, revise_measure, write_value
from assessments.use_cases.plans import ActionDetails, MeasureDetails, Plan, RoundDetails, Value, plan
from assessments.use_cases.priorities import Weight, choose_priority, drop_priority, weigh, weights
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import submit
from tests.pages.driven import at, fill, press, sound, written
from tests.pages.shown import reads

NOW = datetime.now(UTC)
TODAY = NOW.date()
NASTY = "Ask *all* ![x](http://host/p.png)"
CLIENT = "Her social security number is 123-45-6789"
PRIORITIES, PLAN, HOME = "improve/priorities.py", "improve/plan.py", "home/home.py"


class Team:
    """One agency with one assessment of four gaps, and its only person."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.acts = engine, 0
        with database.writing(engine) as db:
            details = AgencyDetails("Harbor House", "WY", "UTC", block_grant=True)
            self.actor: Actor = set_up(
                db, NOW, "Ann", details, SiteDetails("Harbor"), CycleDetails("Baseline", date(2026, 1, 1))
            )
            site, cycle = sites(db, self.actor)[0].id, cycles(db, self.actor)[0].id
            self.assessment = start_assessment(db, self.actor, NOW, site, cycle, "perinatal-program", "1.0")

    def do(self, use_case: Any, *args: Any) -> Any:
        self.acts += 1
        with database.writing(self.engine) as db:
            return use_case(db, self.actor, NOW + timedelta(milliseconds=self.acts), *args)

    def rate(self, **levels: int) -> None:
        for name, level in levels.items():
            indicator = name.replace("_", "-")
            self.do(rate, self.assessment, indicator, Answer(State.LEVEL, level), 0)

    def later(self, cycle: str, level: int, raters: str = "") -> str:
        """A draft of the same site and checklist in a further cycle, with ORG-03 at this level."""
        with database.reading(self.engine) as db:
            site, known = sites(db, self.actor)[0].id, len(cycles(db, self.actor))
        further = self.do(add_cycle, CycleDetails(cycle, date(2026 + known, 1, 1)))
        draft: str = self.do(start_assessment, site, further, "perinatal-program", "1.0")
        self.do(rate, draft, "ORG-03", Answer(State.LEVEL, level), 0)
        self.do(write_cover, draft, Cover(raters), 0)
        return draft

    def choose(self, indicator: str, because: str = "It comes first") -> str:
        priority: str = self.do(choose_priority, self.assessment, indicator, because)
        return priority

    def plans(self) -> tuple[Plan, ...]:
        with database.reading(self.engine) as db:
            found: tuple[Plan, ...] = plan(db, self.actor, self.assessment)
            return found

    def weights(self) -> dict[str, Weight]:
        with database.reading(self.engine) as db:
            found: dict[str, Weight] = weights(db, self.actor, self.assessment)
            return found

    def open(self, page: str, **address: str) -> AppTest:
        return at(page, assessment=self.assessment, **address)


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    engine = database.connect(sqlite_url)
    found = Team(engine)
    found.rate(SUP_01=1, SUP_02=1, ORG_03=1, SUP_03=4)
    yield found
    engine.dispose()


def said(test: AppTest) -> str:
    return reads(written(test))


def control(test: AppTest, name: str, team: Team, indicator: str) -> Any:
    return test.button_group(key=f"weigh-{name}-{team.assessment}-{indicator}")


def order(test: AppTest) -> list[str]:
    """Indicators in the order of the list."""
    rows = [one.value.split("**")[1].split(". ") for one in test.markdown if one.value.startswith("**")]
    return [row[1].replace("\\", "") for row in rows if len(row) == 2 and row[0].isdecimal()]


def door(test: AppTest, name: str) -> AppTest:
    return sound(test.button(key=f"door-{name}").click().run())


def test_with_nothing_rated_both_pages_lead_on(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    bare = Team(engine)
    assert "Nothing is rated yet" in said(bare.open(PRIORITIES))
    test = bare.open(PLAN)
    assert "No priority is chosen" in said(test)
    assert [link.proto.label for link in test.get("page_link")] == ["Choose priorities"]
    engine.dispose()


def test_what_the_team_weighs_is_saved_at_once_and_moves_the_gap(team: Team) -> None:
    test = team.open(PRIORITIES)
    assert "ORG-03" in order(test)[0]
    before = order(test)
    assert before.index("SUP-01") < before.index("SUP-02")
    test = sound(control(test, "harm", team, "SUP-02").set_value(3).run())
    assert team.weights() == {"SUP-02": Weight(3, None, 1)}
    assert order(test).index("SUP-02") < order(test).index("SUP-01")
    assert "not set sorts last" in said(test)
    sound(control(test, "effort", team, "SUP-02").set_value(1).run())
    assert team.weights() == {"SUP-02": Weight(3, 1, 2)}


def test_a_field_that_is_drawn_late_begins_with_what_is_stored(team: Team) -> None:
    team.do(weigh, team.assessment, "SUP-01", Weight(2, 3))
    test = sound(team.open(PRIORITIES).run())
    assert list(control(test, "harm", team, "SUP-01").proto.default) == [1]
    assert list(control(test, "effort", team, "SUP-01").proto.default) == [2]


def test_a_click_on_the_way_to_another_page_is_saved(team: Team) -> None:
    test = team.open(PRIORITIES)
    control(test, "harm", team, "SUP-02").set_value(2)
    sound(test.switch_page(HOME).run())
    assert team.weights() == {"SUP-02": Weight(2, None, 1)}


def test_whoever_weighs_second_is_shown_both_and_decides(team: Team) -> None:
    test = team.open(PRIORITIES)
    team.do(weigh, team.assessment, "SUP-01", Weight(1, 2))
    test = sound(control(test, "harm", team, "SUP-01").set_value(3).run())
    assert "Stored now: likelihood of harm low, scope not set, effort some" in said(test)
    assert "Yours: likelihood of harm high, scope not set, effort not set" in said(test)
    assert team.weights() == {"SUP-01": Weight(1, 2, 1)}
    test = press(test, "Leave what is stored")
    assert (team.weights(), control(test, "harm", team, "SUP-01").value) == ({"SUP-01": Weight(1, 2, 1)}, 1)
    team.do(weigh, team.assessment, "SUP-01", Weight(2, 2, 1))
    test = sound(control(test, "effort", team, "SUP-01").set_value(1).run())
    test = press(test, "Save mine instead")
    assert team.weights() == {"SUP-01": Weight(1, 1, 3)}
    assert "Stored now" not in said(test)


def test_the_grid_names_gaps_by_harm_and_scope(team: Team) -> None:
    team.do(rate, team.assessment, "ORG-11", Answer(State.LEVEL, None, 4, 20, 20), 0)
    team.do(weigh, team.assessment, "ORG-11", Weight(3))
    team.do(weigh, team.assessment, "SUP-01", Weight(1))
    grid = team.open(PRIORITIES).table[0].value.set_index("Harm")
    assert list(grid.index) == ["High", "Moderate", "Low", "Not set"]
    assert list(grid.columns) == ["Limited", "Pattern", "Widespread", "Not set"]
    assert grid.loc["High", "Widespread"] == "**1:** ORG-11"
    assert grid.loc["Low", "Not set"] == "**1:** SUP-01"
    assert "more" in str(grid.loc["Not set", "Not set"])


def test_at_most_forty_fields_are_alive_and_the_rest_is_on_further_screens(team: Team) -> None:
    test = team.open(PRIORITIES)
    assert len(order(test)) == 7
    assert len(test.button_group) + len(test.selectbox) + len(test.button) <= 40
    shown = next(one for one in test.selectbox if one.label == "Show")
    test = sound(shown.set_value(22).run())
    assert len(order(test)) == len(team_gaps(test)) <= 7


def team_gaps(test: AppTest) -> list[str]:
    return [one.key for one in test.button_group if one.key and one.key.startswith("weigh-harm")]


def test_a_gap_becomes_a_priority_with_its_reason(team: Team) -> None:
    test = door(team.open(PRIORITIES), f"choose-{team.assessment}-ORG-03")
    test = press(test, "Choose this priority")
    assert "Why this one is empty" in said(test)
    fill(test, "Why this one", NASTY)
    test = press(test, "Choose this priority")
    assert "ORG-03 is among your priorities" in said(test)
    assert f"Why: {NASTY}" in said(test)
    assert NASTY not in written(test)
    assert [one.priority.because for one in team.plans()] == [NASTY]


def test_a_fourth_priority_is_warned_about_and_still_possible(team: Team) -> None:
    for name in ("SUP-01", "SUP-02", "ORG-04"):
        team.choose(name)
    test = door(team.open(PRIORITIES), f"choose-{team.assessment}-ORG-03")
    assert "One to three at a time is better" in said(test)
    fill(test, "Why this one", "It is a duty")
    press(test, "Choose it all the same")
    assert len(team.plans()) == 4


def test_below_four_there_is_no_warning(team: Team) -> None:
    team.choose("SUP-01")
    test = door(team.open(PRIORITIES), f"choose-{team.assessment}-ORG-03")
    assert "One to three at a time" not in said(test)


def test_what_looks_like_a_client_s_data_is_kept_only_with_a_reason(team: Team) -> None:
    test = door(team.open(PRIORITIES), f"choose-{team.assessment}-ORG-03")
    fill(test, "Why this one", CLIENT)
    test = press(test, "Choose this priority")
    assert "looks like a client's data" in said(test)
    assert next(field.value for field in test.text_input if field.label == "Why this one") == CLIENT
    assert team.plans() == ()
    fill(test, "Keep it, because it is not a client's data:", "An example from a training")
    press(test, "Choose this priority")
    assert [one.priority.because for one in team.plans()] == [CLIENT]


def test_an_action_is_added_changed_and_done(team: Team) -> None:
    scope = f"plan-{team.choose('ORG-03')}"
    test = door(team.open(PLAN), f"{scope}-action")
    fill(test, "What is done", "Write the policy")
    test = press(test, "Add this action")
    assert "Owner is empty" in said(test)
    fill(test, "Owner", "Dana [x](y)")
    test = press(test, "Add this action")
    assert "**Write the policy**" in said(test) and "Owner: Dana [x](y)" in said(test)
    assert "[x](y)" not in written(test)
    (line,) = team.plans()[0].actions
    test = door(test, f"{scope}-action-{line.id}")
    fill(test, "Status", "done")
    test = press(test, "Save the change")
    assert f"Done on {in_words(TODAY)}, no evidence noted" in said(test)
    assert team.plans()[0].actions[0].details.done_on == datetime.now(UTC).date()


def test_a_change_to_what_somebody_else_changed_is_told_and_kept(team: Team) -> None:
    priority = team.choose("ORG-03")
    action = team.do(add_action, priority, ActionDetails("Write it", "Dana"))
    test = door(team.open(PLAN), f"plan-{priority}-action-{action}")
    team.do(revise_action, action, ActionDetails("Write it", "Lee"), 1)
    fill(test, "What is done", "Write it well")
    test = press(test, "Save the change")
    assert "Somebody changed this" in said(test)
    assert "Owner: Lee" in said(test)
    assert next(field.value for field in test.text_input if field.label == "What is done") == "Write it well"
    press(test, "Save the change")
    assert team.plans()[0].actions[0].details == ActionDetails("Write it well", "Dana")


def test_what_was_refused_is_there_again_after_another_page(team: Team) -> None:
    scope = f"plan-{team.choose('ORG-03')}"
    test = door(team.open(PLAN), f"{scope}-action")
    fill(test, "What is done", "Write the policy")
    test = press(test, "Add this action")
    test = sound(test.switch_page(HOME).run())
    test = sound(test.switch_page(PLAN).run())
    assert "Owner is empty" in said(test)
    assert next(field.value for field in test.text_input if field.label == "What is done") == "Write the policy"
    assert f"door-{scope}-action" in [button.key for button in press(test, "Close without saving").button]


def test_a_test_of_change_is_a_round_of_plan_do_study_act(team: Team) -> None:
    priority = team.choose("ORG-03")
    scope = f"plan-{priority}"
    test = door(team.open(PLAN), f"{scope}-round")
    fill(test, "Plan: the change to be tested", "Ask at intake")
    fill(test, "What you expect to see, and how much", "Nine of ten are asked")
    test = press(test, "Add this test")
    assert "We predict: Nine of ten are asked" in said(test)
    (line,) = team.plans()[0].rounds
    test = door(test, f"{scope}-round-{line.id}")
    fill(test, "Act: what was decided", "adapt")
    test = press(test, "Save the change")
    assert "Say what was learned before you decide" in said(test)


def test_a_measure_shows_its_values_as_a_line_and_a_table(team: Team) -> None:
    priority = team.choose("ORG-03")
    measure = team.do(add_measure, priority, MeasureDetails("Days to admission", "days", "down"))
    test = team.open(PLAN)
    assert "**Days to admission**, in days · Less is better" in said(test)
    test = door(test, f"plan-{priority}-measure-{measure}-value")
    test = press(test, "Save this value")
    assert "has to be a number" in said(test)
    next(field for field in test.number_input if field.label == "Value, or how many").set_value(12.5)
    fill(test, "Note, if it needs one", NASTY)
    test = press(test, "Save this value")
    team.do(write_value, measure, Value(TODAY - timedelta(days=7), 14))
    test = team.open(PLAN)
    assert [row.replace("\\", "") for row in test.table[0].value["Value"]] == ["12.5 days", "14 days"]
    assert NASTY not in "".join(test.table[0].value["Note"])
    (chart,) = test.get("vega_lite_chart")
    assert "14 days" in chart.proto.alt
    test = door(test, f"plan-{priority}-measure-{measure}-out")
    press(test, "Take it out")
    assert [value.value for value in team.plans()[0].measures[0].values] == [14]


def test_what_was_done_with_evidence_says_which(team: Team) -> None:
    done = ActionDetails("Write it", "Dana", status="done", evidence="Policy 4.2")
    team.do(add_action, team.choose("ORG-03"), done)
    told = said(team.open(PLAN))
    assert "Evidence: Policy 4.2" in told and "no evidence noted" not in told


def test_a_second_value_for_a_day_says_what_it_was(team: Team) -> None:
    priority = team.choose("ORG-03")
    measure = team.do(add_measure, priority, MeasureDetails("Women asked"))
    name, day = f"plan-{priority}-measure-{measure}-value", in_words(TODAY)
    for count, told in (
        (7, f"The value for {day} is saved: 7."),
        (9, f"The value for {day} was 7, and is 9 now."),
        (9, f"The value for {day} is saved: 9, as it was."),
    ):
        test = door(team.open(PLAN), name)
        next(field for field in test.number_input if field.label == "Value, or how many").set_value(count)
        assert told in said(press(test, "Save this value"))


def values(team: Team, measure: str, found: Sequence[float | tuple[int, int]]) -> None:
    """A value a week, up to today."""
    for place, one in enumerate(reversed(found)):
        given = one if isinstance(one, tuple) else (one,)
        team.do(write_value, measure, Value(TODAY - timedelta(weeks=place), *given))


def charts(test: AppTest) -> list[str]:
    """What each says to those who cannot see it."""
    return [chart.proto.alt for chart in test.get("vega_lite_chart")]


def test_below_ten_points_there_is_the_line_and_a_sentence(team: Team) -> None:
    measure = team.do(add_measure, team.choose("ORG-03"), MeasureDetails("Days to admission", "days", "down"))
    values(team, measure, [14, 12, 9])
    test = team.open(PLAN)
    assert "Median: **12 days**. With fewer than 10 points nothing can be told from chance; here are 3." in said(test)
    assert "Signal" not in said(test) and "trend" not in said(test).lower()
    assert list(test.table[0].value["Median"]) == ["below", "on it", "above"]


def test_a_line_that_moves_more_than_chance_says_so_in_words(team: Team) -> None:
    priority = team.choose("ORG-03")
    measure = team.do(add_measure, priority, MeasureDetails("Days to admission", "days", "down"))
    values(team, measure, [14, 12] * 4 + [4, 6] * 4)
    team.do(add_round, priority, RoundDetails("Ask at intake", "All are asked", TODAY - timedelta(weeks=3)))
    team.do(add_round, priority, RoundDetails("Ask by phone", "All are asked", TODAY - timedelta(weeks=30)))
    test = team.open(PLAN)
    assert "**Signal, a long run:** 8 values in a row above the median, the worse side here" in said(test)
    assert "8 values in a row below the median, the better side here" in said(test)
    assert "chance alone would seldom put more than 7 in a row on one side" in said(test)
    assert "**Signal, few crossings:** the line crosses the median once." in said(test)
    assert "The line does not say what" in said(test) and "a convention" in said(test)
    assert "Begun before the first value, and not drawn: Test 2." in said(test)
    (alt,) = charts(test)
    assert "14 days" in alt and "Test 1 began on" in alt and "Test 2" not in alt


def test_a_line_that_varies_as_chance_would_gives_no_signal(team: Team) -> None:
    measure = team.do(add_measure, team.choose("ORG-03"), MeasureDetails("Days to admission", "days", "down"))
    values(team, measure, [14, 4, 14, 14, 4, 4, 14, 4, 14, 4, 4, 14])
    test = team.open(PLAN)
    assert "**No signal:**" in said(test) and "**Signal" not in said(test)


def test_shares_have_control_limits_under_their_condition_and_otherwise_a_reason(team: Team) -> None:
    measure = team.do(add_measure, team.choose("ORG-03"), MeasureDetails("Women asked"))
    values(team, measure, [(15, 30)] * 9)
    assert "control limits" not in said(team.open(PLAN)).lower(), "below ten points the sentence on the line is enough"
    values(team, measure, [(15, 30), (16, 30)] * 5 + [(30, 31)])
    test = team.open(PLAN)
    assert "With control limits (p-chart)" in [one.label for one in test.expander]
    assert "**1 value lies outside** the limits." in said(test) and "30 of 31." in said(test)
    assert len(charts(test)) == 2
    values(team, measure, [(1, 4)] * 11)
    test = team.open(PLAN)
    assert "No control limits. Control limits need, on average, about 5 cases" in said(test)
    assert len(charts(test)) == 1
    team.do(write_value, measure, Value(TODAY, 2.5))
    assert "they need every value to be a count out of so many" in said(team.open(PLAN))


def test_a_measure_is_renamed(team: Team) -> None:
    priority = team.choose("ORG-03")
    measure = team.do(add_measure, priority, MeasureDetails("Days", "days", "down"))
    values(team, measure, [14])
    name = f"plan-{priority}-measure-{measure}"
    test = door(team.open(PLAN), name)
    fill(test, "Name of the measure", "")
    test = press(test, "Save the change")
    assert "Name of the measure is empty" in said(test)
    fill(test, "Name of the measure", NASTY)
    test = press(test, "Save the change")
    assert f"**{NASTY}**, in days" in said(test) and NASTY not in written(test)
    (line,) = team.plans()[0].measures
    assert (line.details, line.values) == (MeasureDetails(NASTY, "days", "down"), (Value(TODAY, 14.0),))


def test_a_measure_that_somebody_else_changed_is_told_and_kept(team: Team) -> None:
    priority = team.choose("ORG-03")
    measure = team.do(add_measure, priority, MeasureDetails("Days", "days", "down"))
    test = door(team.open(PLAN), f"plan-{priority}-measure-{measure}")
    team.do(revise_measure, measure, MeasureDetails("Days waited", "days", "down"), 1)
    fill(test, "Name of the measure", "Days to admission")
    test = press(test, "Save the change")
    assert "Somebody changed this" in said(test) and "**Days waited**" in said(test)
    press(test, "Save the change")
    assert team.plans()[0].measures[0].details.name == "Days to admission"


def test_without_a_later_cycle_an_effect_is_not_yet_known(team: Team) -> None:
    team.choose("ORG-03")
    test = team.open(PLAN)
    assert "**Not yet known.** No later assessment of this site with this checklist is submitted." in said(test)
    team.later("Follow-up 1", 3)
    assert "**Not yet known.** Follow-up 1 is begun and counts once it is submitted." in said(team.open(PLAN))


def test_an_effect_is_what_the_ratings_say_and_no_more(team: Team) -> None:
    team.choose("ORG-03")
    team.do(write_cover, team.assessment, Cover("Ann"), 0)
    team.do(submit, team.later("Follow-up *1*", 3, "Cam"))
    team.do(submit, team.later("Follow-up 2", 2, "Ann"))
    test = team.open(PLAN)
    assert "**Did it move?** 1 of 1 linked indicators moved up; 1 did not hold." in said(test)
    assert "**Moved and did not hold.** It rose from level 1 to 3 and fell back to level 2" in said(test)
    rows = test.table[-1].value.to_dict("records")
    assert [(row["Cycle"].replace("\\", ""), row["Level"]) for row in rows] == [
        ("Baseline (chosen here)", "1 Beginning"),
        ("Follow-up *1* (the next cycle)", "3 Established"),
        ("Follow-up 2 (the cycle after)", "2 Partial"),
    ]
    assert "Others rated at Follow-up *1* than at Baseline" in said(test)
    assert "Others rated at Follow-up 2" not in said(test)
    assert "not what moved it" in said(test)
    links = [link.proto.label for link in test.get("page_link")]
    assert [label.replace("\\", "") for label in links if label.startswith("Its rating")] == [
        "Its rating at Baseline",
        "Its rating at Follow-up *1*",
        "Its rating at Follow-up 2",
    ]


def test_one_priority_is_open_at_a_time(team: Team) -> None:
    first, second = team.choose("ORG-03"), team.choose("SUP-01")
    test = team.open(PLAN)
    keys = [button.key for button in test.button]
    assert f"door-plan-{first}-action" in keys and f"door-plan-{second}-action" not in keys
    test = sound(test.button(key=f"open-{second}").click().run())
    keys = [button.key for button in test.button]
    assert f"door-plan-{second}-action" in keys and f"door-plan-{first}-action" not in keys
    assert f"door-plan-{second}-action" in [button.key for button in team.open(PLAN, indicator="SUP-01").button]


def test_a_dropped_priority_stays_readable(team: Team) -> None:
    priority = team.choose("ORG-03")
    team.do(add_action, priority, ActionDetails("Write it", "Dana", due=TODAY))
    team.do(add_round, priority, RoundDetails("Ask at intake", "All are asked", TODAY))
    values(team, team.do(add_measure, priority, MeasureDetails("Days waited", "days")), [14, 12])
    test = door(team.open(PLAN), f"plan-{priority}-drop")
    fill(test, "Why it is dropped", "The county does it")
    test = press(test, "Drop it")
    assert "Dropped, because: The county does it" in said(test)
    assert "Write it" in said(test) and "We predict: All are asked" in said(test)
    assert "**Days waited**, in days" in said(test) and list(test.table[0].value["Value"]) == ["12 days", "14 days"]
    assert "Add a value" not in [button.label for button in test.button], "it is there to be read"
    assert "No priority is chosen" in said(test)
    assert "Due soon" not in said(at(HOME))


def test_home_says_what_is_overdue_and_due_within_two_weeks(team: Team) -> None:
    assert "Due soon" not in said(at(HOME))
    priority, today = team.choose("ORG-03"), datetime.now(UTC).date()
    one = ActionDetails(NASTY, "Dana")
    for days in (-3, 0, 1, 14, 15):
        team.do(add_action, priority, replace(one, due=today + timedelta(days=days)))
    test = at(HOME)
    assert "Due soon (4; 1 overdue)" in said(test)
    for words in ("Overdue by 3 days", "Due today", "Due tomorrow", "Due in 14 days", "Harbor · ORG-03"):
        assert words in said(test)
    assert "Due in 15 days" not in said(test)
    assert NASTY not in written(test)
    links = [link.proto for link in test.get("page_link") if link.proto.label == "Open the plan"]
    assert {link.query_string for link in links} == {f"assessment={team.assessment}&indicator=ORG-03"}
    team.do(drop_priority, priority, "The county does it", 1)
    assert "Due soon" not in said(at(HOME))


def test_what_is_due_is_to_be_had_as_a_calendar_file(team: Team) -> None:
    priority = team.choose("ORG-03")
    assert "Due dates for your calendar" not in [button.label for button in team.open(PLAN).button]
    team.do(add_action, priority, ActionDetails("Write it", "Dana", due=TODAY))
    test = press(team.open(PLAN), "Due dates for your calendar")
    with Session(team.engine) as db:
        (row,) = db.execute(select(Delivery)).scalars()
    assert row.file_name.endswith(".ics") and b"SUMMARY:Due: Write it" in row.content
    assert "is ready" in said(test)
