"""The training plan, and the look at before and after; and that the quick count says what the matrix says."""

from collections import Counter
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.rules.competency import RaterKind
from assessments.rules.days import months_later
from assessments.rules.training_plan import AN_HOUR
from assessments.store import database
from assessments.store.tables import CompetencyRating
from assessments.use_cases import attendance, courses, training_sessions
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.courses import CourseDetails
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.learning import Learned, learned
from assessments.use_cases.matrix import matrix
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.training import Choices, Planned, question, training_plan
from assessments.use_cases.training_sessions import SessionDetails
from standards import catalogue
from tests.use_cases.cast import NOW, STAFF, STARTED, House, joins

TODAY = NOW.date()
NEEDS = {"STF-01": 3, "STF-02": 2, "STF-07": 3}


def role(house: House, needs: dict[str, int] = NEEDS, name: str = "Nurse") -> str:
    found: str = house.write(add_job_role, STAFF, RoleProfile(name, needs))
    return found


def member(house: House, code: str, *roles: str, **more: object) -> str:
    details = StaffDetails(code, str(more.pop("site", house.site)), STARTED, roles=frozenset(roles), **more)  # type: ignore[arg-type]
    found: str = house.write(add_member, details)
    return found


def rated(
    house: House, staff: str, name: str, level: int | None, on: date = TODAY, kind: RaterKind = "supervisor"
) -> None:
    """Without asking what was there before: as a list that is taken in."""
    row: dict[str, Any] = {"agency_id": house.actor.agency_id, "staff_id": staff, "checklist_id": STAFF[0]}
    row |= {"indicator_id": name, "kind": kind, "on": on, "level": level, "edition": STAFF[1], "given_at": NOW}
    row |= {"correct": level, "asked": 2} if kind == "knowledge-check" else {}
    with database.writing(house.engine) as db:
        db.add(CompetencyRating(**row, given_by=house.actor.person_id))


def course(house: House, name: str, hours: float, **teaches: int) -> str:
    taught = {key.replace("_", "-"): level for key, level in teaches.items()}
    found: str = house.write(courses.add_course, STAFF, CourseDetails(name, hours, "in-person", teaches=taught))
    return found


def plan(house: House, **choices: object) -> Planned:
    found: Planned = house.read(training_plan, TODAY, STAFF, Choices(**choices))  # type: ignore[arg-type]
    return found


def test_the_plan_takes_what_closes_the_gap_in_the_fewest_hours(house: House) -> None:
    nurse = role(house)
    for code in ("R-1", "R-2"):
        staff = member(house, code, nurse)
        rated(house, staff, "STF-01", 1)
        rated(house, staff, "STF-07", 2)
    whole = course(house, "All of it", 6, STF_01=3, STF_07=3)
    first, second = course(house, "Half", 2.25, STF_01=3), course(house, "Other half", 3.5, STF_07=3)
    found = plan(house)
    assert found.plan.chosen == {first, second}
    assert (found.plan.hours / AN_HOUR, found.plan.proven) == (5.75, True)
    assert found.plan.closed == found.plan.points
    assert {topic.indicator: topic.unknown for topic in found.plan.topics if topic.unknown} == {"STF-02": 2}
    without = plan(house, left_out=frozenset({first}))
    assert without.plan.chosen == {whole}
    assert without.best.chosen == {first, second}
    assert plan(house, hours=2.25).plan.chosen == {first}


def test_who_has_left_or_works_elsewhere_is_not_counted(house: House) -> None:
    nurse = role(house)
    other = house.write(add_site, SiteDetails("Hill Road", "outpatient"))
    gone = member(house, "R-1", nurse, ends=TODAY - timedelta(days=1))
    there = member(house, "R-2", nurse, site=other)
    for staff in (gone, there):
        rated(house, staff, "STF-01", 1, TODAY - timedelta(days=3))
    course(house, "Half", 2, STF_01=3)
    assert plan(house, site_id=other).plan.closed > 0
    assert plan(house, site_id=house.site).plan.points == 0
    assert plan(house).plan.points == plan(house, site_id=other).plan.points


def test_an_archived_course_is_in_no_plan(house: House) -> None:
    rated(house, member(house, "R-1", role(house)), "STF-01", 1)
    put_away = course(house, "Half", 2, STF_01=3)
    house.write(courses.archive_course, put_away, 1)
    found = plan(house)
    assert not found.courses
    assert [topic.open for topic in found.plan.topics if topic.points] == [{"no course": found.plan.points}]


def test_hours_and_site_have_to_make_sense(house: House) -> None:
    for hours in (-1.0, float("nan"), float("inf")):
        with pytest.raises(BadInput, match="Hours"):
            plan(house, hours=hours)
    with pytest.raises(NotFound):
        plan(house, site_id="nowhere")


@pytest.mark.parametrize("able", ["trainer", "owner"])
def test_trainers_plan(house: House, able: str) -> None:
    rated(house, member(house, "R-1", role(house)), "STF-01", 1)
    assert plan(house.seen_by(joins(house.engine, house.actor.agency_id, able))).plan.points


@pytest.mark.parametrize("unable", ["supervisor", "staff-member", "assessor", "agency-administrator", "auditor"])
def test_others_do_not(house: House, unable: str) -> None:
    other = house.seen_by(joins(house.engine, house.actor.agency_id, unable))
    with pytest.raises(NotAllowed):
        plan(other)
    with pytest.raises(NotAllowed):
        other.read(learned, TODAY, STAFF, "any")


DAYS_AGO = (0, 1, 200, 364, 365, 366, 367, 500)
KINDS: tuple[RaterKind, ...] = ("self", "supervisor", "observer", "knowledge-check")


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2029, 2, 28)])
def test_the_quick_count_is_what_the_matrix_says(house: House, today: date) -> None:
    """Whoever rated, on whichever day, however often, with levels that hold and that have lapsed."""
    nurse, aide = role(house), role(house, {"STF-01": 4, "STF-03": 1}, "Aide")
    team = [member(house, "R-1", nurse), member(house, "R-2", nurse, aide), member(house, "R-3", aide)]
    chance = Random(7)
    for _ in range(4):
        with database.writing(house.engine) as db:
            db.execute(delete(CompetencyRating))
        places = product(team, ("STF-01", "STF-02", "STF-03"), KINDS, DAYS_AGO)
        for staff, name, kind, ago in chance.sample(list(places), 25):
            level = chance.randrange(3 if kind == "knowledge-check" else 5) if chance.random() < 0.8 else None
            if level is not None or kind != "knowledge-check":
                rated(house, staff, name, level, today - timedelta(days=ago), kind)
        checklist = catalogue.library()[STAFF]
        _, asked = house.read(question, today, checklist, Choices())
        stood = house.read(matrix, today, STAFF, team)
        expected = Counter[tuple[str, int, int | None]]()
        for staff, one in product(team, checklist.indicators):
            found = stood.standing(staff, one.id)
            if found.target is not None:
                expected[one.id, found.target, found.level] += 1
        assert {(one.indicator, one.target, one.level): one.people for one in asked.rated} == dict(expected)


HELD = TODAY - timedelta(days=60)


def attended(house: House, of: str, *staff: str, on: date = HELD) -> str:
    session: str = house.write(training_sessions.add_session, SessionDetails(of, on))
    for one in staff:
        house.write(attendance.mark_attendance, session, one, "attended", None)
    return session


def looked(house: House, of: str, session: str = "", months: int = 6) -> Learned:
    found: Learned = house.read(learned, TODAY, STAFF, of, session, months)
    return found


def test_those_who_attended_are_set_beside_those_who_did_not(house: House) -> None:
    nurse, other = role(house), role(house, {"STF-02": 2}, "Cook")
    of = course(house, "Half", 2, STF_01=3)
    came, stayed = ([member(house, f"{side}-{n}", nurse) for n in range(6)] for side in "AB")
    member(house, "C-1", other)
    for n, staff in enumerate((*came, *stayed)):
        rated(house, staff, "STF-01", n % 2, HELD - timedelta(days=30))
        if n != 5:
            rated(house, staff, "STF-01", n % 2 + (staff in came) * 2, HELD + timedelta(days=30))
    rated(house, came[0], "STF-01", 0, HELD)  # on the day itself: neither before nor after
    rated(house, came[0], "STF-01", 4, HELD + timedelta(days=20), "self")
    session = attended(house, of, *came)
    found = looked(house, of)
    (row,) = found.rows
    assert (row.attended.people, row.attended.pairs, row.attended.not_again) == (6, 5, 1)
    assert (row.attended.up, row.attended.same, row.attended.down) == (5, 0, 0)
    assert (row.others.people, row.others.pairs, row.others.same) == (6, 6, 6)
    assert [row.attended.before, row.attended.after] == [0, 2]
    assert row.difference is not None
    assert row.difference.mean == 2
    assert (found.whole.attended, found.whole.others) == (5, 6)
    assert looked(house, of, session).rows == found.rows
    assert found.is_open(TODAY)
    assert not looked(house, of, months=1).is_open(TODAY)
    assert looked(house, of, months=1).until == months_later(HELD, 1)


def test_who_attended_at_another_time_is_beside_nobody(house: House) -> None:
    of, nurse = course(house, "Half", 2, STF_01=3), role(house)
    first, second, third = (member(house, f"A-{n}", nurse) for n in range(3))
    session = attended(house, of, first)
    attended(house, of, second, on=HELD + timedelta(days=20))
    found = looked(house, of, session)
    assert (found.attended, found.rows[0].attended.people, found.rows[0].others.people) == (1, 1, 1)
    assert found.rows[0].difference is None
    whole = looked(house, of)
    assert (whole.attended, len(whole.days), whole.rows[0].others.people) == (2, 2, 1)
    assert third


def test_without_a_session_there_is_no_before_and_after(house: House) -> None:
    of = course(house, "Half", 2, STF_01=3)
    attended(house, of, on=TODAY + timedelta(days=3))
    with pytest.raises(BadInput, match="held"):
        looked(house, of)
    with pytest.raises(NotFound):
        looked(house, "no such course")
    with pytest.raises(BadInput, match="Months"):
        looked(house, of, months=0)
