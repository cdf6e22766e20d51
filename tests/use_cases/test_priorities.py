"""How far a gap reaches, and where the team puts it in the list."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assessments.errors import BadInput, Conflict, LooksLikeClientData, NotFound, ToolkitError
from assessments.store import audit, database
from assessments.use_cases import assessments, moves, priorities
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.priorities import Weight
from assessments.use_cases.trail import Entry, audit_trail
from tests.use_cases.cast import House, counts, everything, joins
from tests.use_cases.test_improvement import CLIENT

FUNDED = "The county pays for it this year"


def refused(house: House, error: type[ToolkitError], use_case: Any, *args: Any) -> str:
    """What it says; nothing is written."""
    before = everything(house.engine)
    with pytest.raises(error) as told:
        house.write(use_case, *args)
    assert everything(house.engine) == before
    return str(told.value)


@pytest.fixture
def three(house: House) -> House:
    """Three gaps of one size."""
    for name in ("SUP-01", "SUP-02", "SUP-03"):
        house.rate(name, 1)
    return house


def report(house: House) -> GapReport:
    found: GapReport = house.read(gap_report, house.assessment)
    return found


def rated(house: House) -> list[str]:
    return [gap.indicator for gap in report(house).gaps if gap.level is not None]


def place(house: House, indicator: str) -> int:
    return next(one.rank for one in report(house).ranked if one.gap.indicator == indicator)


def newest(house: House) -> Entry:
    found: Entry = house.read(audit_trail, most=1).entries[0]
    return found


def test_the_scope_that_the_team_gives_is_stored_and_orders_the_gaps(three: House) -> None:
    three.write(priorities.weigh, three.assessment, "SUP-02", Weight(2, scope="pattern"))
    three.write(priorities.weigh, three.assessment, "SUP-03", Weight(2, scope="widespread"))
    assert three.read(priorities.weights, three.assessment)["SUP-03"] == Weight(2, None, 1, "widespread")
    assert rated(three) == ["SUP-03", "SUP-02", "SUP-01"]
    assert newest(three).after == "harm 2, scope widespread"


def test_a_scope_is_taken_back_and_one_that_is_none_refused(three: House) -> None:
    given = three.write(priorities.weigh, three.assessment, "SUP-02", Weight(scope="pattern"))
    three.write(priorities.weigh, three.assessment, "SUP-02", replace(given, scope=""))
    assert three.read(priorities.weights, three.assessment) == {"SUP-02": Weight(version=2)}
    said = refused(three, BadInput, priorities.weigh, three.assessment, "SUP-02", Weight(scope="everywhere"))  # type: ignore[arg-type]
    assert "limited, pattern or widespread" in said


def test_where_cases_were_counted_the_counts_say_how_far_it_reaches(house: House) -> None:
    house.rate("ORG-11", counts(1, 10))
    house.write(priorities.weigh, house.assessment, "ORG-11", Weight(scope="limited"))
    gap = next(gap for gap in report(house).gaps if gap.indicator == "ORG-11")
    assert (gap.scope, gap.counted) == ("widespread", True)


def test_a_gap_is_moved_with_who_when_and_why(three: House) -> None:
    by_rule = place(three, "SUP-03")
    sam = three.seen_by(joins(three.engine, three.actor.agency_id, "assessor", "Sam Sand"))
    late = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # still the 22nd in Denver
    sam.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED, now=late)
    first = report(three).ranked[0]
    assert (first.gap.indicator, first.rank, first.by_rule) == ("SUP-03", 1, by_rule)
    assert first.reason.endswith(f"Moved here from place {by_rule} by Sam Sand on November 22, 2026: “{FUNDED}.”")
    assert report(three).gaps[0].indicator == "SUP-03"
    assert (newest(three).act, newest(three).after) == ("move", f"place 1: {FUNDED}")
    assert three.read(moves.moves, three.assessment)["SUP-03"].moved_at == late


def test_a_move_is_taken_back_and_stays_in_the_trail(three: House) -> None:
    before = [one.gap.indicator for one in report(three).ranked]
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED)
    (made,) = three.read(moves.moves, three.assessment).values()
    three.write(moves.take_back_move, three.assessment, "SUP-03", made.version)
    assert [one.gap.indicator for one in report(three).ranked] == before
    assert (newest(three).act, newest(three).before) == ("take back move", f"place 1: {FUNDED}")
    refused(three, Conflict, moves.take_back_move, three.assessment, "SUP-03", made.version)
    assert "was not moved" in refused(three, NotFound, moves.take_back_move, three.assessment, "SUP-03", 0)
    with database.reading(three.engine) as db:
        assert audit.faults(db, three.actor.agency_id) == []


def test_whoever_moves_second_is_told(three: House) -> None:
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED)
    refused(three, Conflict, moves.move_gap, three.assessment, "SUP-03", 2, "I did not see it")
    shown = three.read(moves.moves, three.assessment)["SUP-03"].version
    three.write(moves.move_gap, three.assessment, "SUP-03", 2, "I saw it", shown)
    assert place(three, "SUP-03") == 2
    refused(three, Conflict, moves.move_gap, three.assessment, "SUP-03", 3, "Still the old page", shown)


def test_a_version_never_comes_back(three: House) -> None:
    """Taken back and made again by somebody else, a move is not the one that the old page showed."""
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED)
    old = three.read(moves.moves, three.assessment)["SUP-03"].version
    three.write(moves.take_back_move, three.assessment, "SUP-03", old)
    three.write(moves.move_gap, three.assessment, "SUP-03", 5, "Somebody else's reason")
    refused(three, Conflict, moves.move_gap, three.assessment, "SUP-03", 2, "From the old page", old)


def test_the_same_move_again_writes_nothing(three: House) -> None:
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED)
    before, shown = everything(three.engine), three.read(moves.moves, three.assessment)["SUP-03"].version
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED, shown)
    assert everything(three.engine) == before


def test_a_move_that_cannot_be_is_refused(three: House, neighbor: House) -> None:
    here = (moves.move_gap, three.assessment)
    assert "Why it is moved is empty" in refused(three, BadInput, *here, "SUP-03", 1, "  ")
    assert "from 1" in refused(three, BadInput, *here, "SUP-03", 0, FUNDED)
    assert "not in this checklist" in refused(three, NotFound, *here, "ZZZ-99", 1, FUNDED)
    refused(three, LooksLikeClientData, *here, "SUP-03", 1, CLIENT)
    refused(neighbor, NotFound, *here, "SUP-03", 1, FUNDED)
    three.write(assessments.archive_assessment, three.assessment)
    assert "archived" in refused(three, BadInput, *here, "SUP-03", 1, FUNDED)


def test_a_move_of_what_is_no_gap_any_more_changes_nothing(three: House) -> None:
    three.write(moves.move_gap, three.assessment, "SUP-03", 1, FUNDED)
    three.rate("SUP-03", 4, shown=1)
    assert not any(one.moved for one in report(three).ranked)
    assert rated(three) == ["SUP-01", "SUP-02"]
