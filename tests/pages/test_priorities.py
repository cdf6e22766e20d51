"""What the team says of its gaps beyond the rule: scope, moves, the shortest path and targets, as a person meets it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.ratings import State
from assessments.rules.targets import Aim
from assessments.store import database
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.moves import MoveLine, move_gap, moves
from assessments.use_cases.priorities import Weight, weigh
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer
from assessments.use_cases.targets import TargetLine, set_target, targets
from tests.pages.driven import fill, press, sound, written
from tests.pages.test_improve import CLIENT, NASTY, PRIORITIES, TODAY, Team, control, door, order, said

TARGETS, GAPS = "improve/targets.py", "insight/gaps.py"
WHY = "Why it is moved"


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    engine = database.connect(sqlite_url)
    found = Team(engine)
    found.rate(SUP_01=1, SUP_02=1, ORG_03=1, SUP_03=4)
    yield found
    engine.dispose()


def read(team: Team, use_case: Any) -> Any:
    with database.reading(team.engine) as db:
        return use_case(db, team.actor, team.assessment)


def moved(team: Team) -> dict[str, MoveLine]:
    found: dict[str, MoveLine] = read(team, moves)
    return found


def aims(team: Team) -> list[Aim]:
    lines: tuple[TargetLine, ...] = read(team, targets)
    return [line.aim for line in lines]


def row(team: Team, indicator: str, what: str = "") -> str:
    return f"choose-{team.assessment}-{indicator}{what}"


def place(test: AppTest, value: int) -> None:
    next(field for field in test.number_input if field.label.startswith("To place, 1 to ")).set_value(value)


def test_the_scope_is_the_team_s_to_give_and_moves_the_gap(team: Team) -> None:
    for name in ("SUP-01", "SUP-02"):
        team.do(weigh, team.assessment, name, Weight(2))
    test = sound(control(team.open(PRIORITIES), "scope", team, "SUP-02").set_value("widespread").run())
    assert team.weights()["SUP-02"] == Weight(2, None, 2, "widespread")
    assert order(test).index("SUP-02") < order(test).index("SUP-01")
    assert test.table[0].value.set_index("Harm").loc["Moderate", "Widespread"] == "**1:** SUP-02"
    test = sound(control(test, "scope", team, "SUP-02").set_value(None).run())
    assert team.weights()["SUP-02"] == Weight(2, None, 3)


def test_what_was_counted_is_not_asked(team: Team) -> None:
    team.do(rate, team.assessment, "ORG-11", Answer(State.LEVEL, None, 4, 20, 20), 0)
    team.do(weigh, team.assessment, "ORG-11", Weight(1))
    test = team.open(PRIORITIES)
    drawn = [one.key for one in test.button_group]
    assert f"weigh-harm-{team.assessment}-ORG-11" in drawn
    assert f"weigh-scope-{team.assessment}-ORG-11" not in drawn
    assert "Scope: widespread, as counted" in said(test)
    sound(control(test, "harm", team, "ORG-11").set_value(3).run())
    assert team.weights()["ORG-11"] == Weight(3, None, 2)


def test_the_words_of_the_grid_are_told_with_examples(team: Team) -> None:
    told = said(team.open(PRIORITIES))
    assert "Somebody could be injured, or lose a right, at any time." in told
    assert "**Widespread**: Nearly everywhere" in told


def test_a_gap_is_moved_and_says_by_whom_and_why(team: Team) -> None:
    test = door(team.open(PRIORITIES), row(team, "SUP-01", "-move"))
    place(test, 1)
    test = press(test, "Move it")
    assert f"{WHY} is empty" in said(test)
    fill(test, WHY, NASTY)
    test = press(test, "Move it")
    assert order(test)[0] == "SUP-01"
    assert "Moved here from place" in said(test) and "by Ann on" in said(test) and NASTY in said(test)
    assert NASTY not in written(test)
    printed = said(team.open(GAPS))
    assert printed.index("Put here by the team (1)") < printed.index("Duties not met")


@pytest.mark.parametrize("beyond", [0, 999])
def test_a_place_beyond_the_list_is_refused_with_the_range(team: Team, beyond: int) -> None:
    report: Any = read(team, gap_report)
    test = door(team.open(PRIORITIES), row(team, "SUP-01", "-move"))
    test = press(test, "Move it")
    assert f"{WHY} is empty" in said(test)
    (field,) = [field for field in test.number_input if field.label.startswith("To place")]
    assert not field.proto.has_min and not field.proto.has_max, "else the browser sends nothing, and says nothing"
    fill(test, WHY, "At once")
    place(test, beyond)
    test = press(test, "Move it")
    assert f"no place {beyond} in this list. Give a place from 1 to {len(report.ranked)}." in said(test)
    assert f"{WHY} is empty" not in said(test), "the older refusal is gone"
    place(test, len(report.ranked))
    press(test, "Move it")
    assert moved(team)["SUP-01"].rank == len(report.ranked)


def test_a_move_is_taken_back(team: Team) -> None:
    before = order(team.open(PRIORITIES))
    team.do(move_gap, team.assessment, "SUP-01", 1, "It can be done at once")
    test = door(team.open(PRIORITIES), row(team, "SUP-01", "-back"))
    test = press(test, "Take it back")
    assert order(test) == before
    assert moved(team) == {}


def test_whoever_moves_second_is_told_and_decides(team: Team) -> None:
    test = door(team.open(PRIORITIES), row(team, "SUP-01", "-move"))
    team.do(move_gap, team.assessment, "SUP-01", 2, "Theirs")
    fill(test, WHY, "Mine")
    place(test, 1)
    test = press(test, "Move it")
    assert "Somebody else moved this gap" in said(test)
    assert moved(team)["SUP-01"].because == "Theirs"
    press(test, "Move it")
    assert (moved(team)["SUP-01"].rank, moved(team)["SUP-01"].because) == (1, "Mine")


def test_why_it_is_moved_holds_no_client_s_data(team: Team) -> None:
    test = door(team.open(PRIORITIES), row(team, "SUP-01", "-move"))
    fill(test, WHY, CLIENT)
    test = press(test, "Move it")
    assert "looks like a client's data" in said(test)
    assert moved(team) == {}


def test_more_than_three_priorities_are_warned_about(team: Team) -> None:
    assert "No priority is chosen yet" in said(team.open(PRIORITIES))
    for name in ("SUP-01", "SUP-02", "ORG-03"):
        team.choose(name)
    assert "priorities in one cycle are many" not in said(team.open(PRIORITIES))
    team.choose("ORG-04")
    assert "4 priorities in one cycle are many" in said(team.open(PRIORITIES))


def all_rated(team: Team) -> None:
    """Everything at level 3, or at 8 of 10, but for what is rated already."""
    report: Any = read(team, gap_report)
    for indicator in report.checklist.indicators:
        ladder = report.checklist.ladder_of[indicator.id]
        if not report.row(indicator.id).answer_version:
            answer = Answer(State.LEVEL, None, 8, 10) if ladder.kind == "counts" else Answer(State.LEVEL, 3)
            team.do(rate, team.assessment, indicator.id, answer, 0)


def test_the_shortest_path_is_a_what_if_that_is_shown_when_asked(team: Team) -> None:
    all_rated(team)
    test = team.open(PRIORITIES)
    assert "To Established" not in said(test)
    test = press(test, "Find the shortest path")
    told = said(test)
    assert "To Established: effort" in told and "the band Established; now it is" in told
    assert "has not said how much effort they take" in told
    steps = test.table[1].value
    assert steps["Level"][0].endswith("Has to be met")
    assert steps["Effort"][0].endswith("assumed")
    team.do(weigh, team.assessment, "SUP-01", Weight(effort=2))
    assert "To Established" not in said(sound(test.run()))


def test_where_there_is_no_path_it_says_why(team: Team) -> None:
    assert "Rate more first" in said(press(team.open(PRIORITIES), "Find the shortest path"))


def test_a_target_is_set_changed_and_taken_out(team: Team) -> None:
    test = team.open(TARGETS)
    assert "No target is set yet" in said(test)
    test = door(test, f"target-{team.assessment}")
    choose(test, "What for", ("indicator", "ORG-03"))
    test = press(test, "Set this target")
    assert "Say by when it is to be reached" in said(test)
    day(test, TODAY + timedelta(days=40))
    test = press(test, "Set this target")
    assert "Due in 40 days" in said(test) and "Now: **Level 1" in said(test)
    assert "A step on the way" in said(test)
    name = f"target-{team.assessment}-indicator-ORG-03"
    test = door(test, name)
    choose(test, "Level", 4)
    test = press(test, "Save the change")
    assert aims(team) == [Aim("indicator", "ORG-03", 4, TODAY + timedelta(days=40))]
    assert "A step on the way" not in said(test)
    test = press(door(test, f"{name}-out"), "Take it out")
    assert aims(team) == []


def test_a_day_that_is_past_is_refused_where_it_was_typed(team: Team) -> None:
    test = door(team.open(TARGETS), f"target-{team.assessment}")
    day(test, TODAY - timedelta(days=9))
    test = press(test, "Set this target")
    assert "is past. Give a day from today on" in said(test)
    assert aims(team) == []


def test_a_domain_says_how_many_are_there_and_a_gap_what_is_aimed_at(team: Team) -> None:
    team.do(set_target, team.assessment, Aim("domain", "SUP", 1, TODAY))
    team.do(set_target, team.assessment, Aim("indicator", "SUP-01", 2, TODAY))
    assert "Due today" in said(team.open(TARGETS)) and "3 of " in said(team.open(TARGETS))
    assert "Your team aims at level 2 by" in said(team.open(GAPS))
    assert "Your team aims at level 2 by" in said(team.open(PRIORITIES))
    team.do(rate, team.assessment, "SUP-01", Answer(State.LEVEL, 2), 1)
    assert "**Reached**" in said(team.open(TARGETS))


def choose(test: AppTest, label: str, value: Any) -> None:
    next(field for field in test.selectbox if field.label == label).set_value(value)


def day(test: AppTest, value: Any) -> None:
    test.date_input[0].set_value(value)
