"""What Home says of staff: the same as the matrix, in one question of any size, and to nobody who may not see it."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from assessments.rules.competency import KINDS, RaterKind
from assessments.rules.holders import due_again
from assessments.store import database, place
from assessments.store.access import Actor
from assessments.store.tables import Table
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.matrix import matrix
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.staff_due import StaffDue, staff_due
from bench import staff
from tests.growth import LINEAR, TIMES, growth
from tests.use_cases import cast
from tests.use_cases.cast import House, joins

TODAY = cast.NOW.date()
RATINGS = Table.metadata.tables["competency_rating"]
AGO = (0, 1, 303, 304, 305, 306, 364, 365, 366, 700)
NAMES = ("STF-01", "STF-02", "STF-03")


@pytest.fixture
def members(house: House) -> list[str]:
    """Two whose roles need three competencies at 2 and 3, one of them twice over, and one who has left."""
    role = house.write(add_job_role, cast.STAFF, RoleProfile("Nurse", dict.fromkeys(NAMES, 3)))
    second = house.write(add_job_role, cast.STAFF, RoleProfile("Aide", {"STF-01": 2}))
    details = (
        StaffDetails("R-1", house.site, date(2020, 1, 1), roles=frozenset({role, second})),
        StaffDetails("R-2", house.site, date(2020, 1, 1), roles=frozenset({second})),
        StaffDetails("R-3", house.site, date(2020, 1, 1), TODAY - timedelta(days=1), roles=frozenset({role})),
    )
    return [house.write(add_member, one) for one in details]


def given(house: House, members: list[str], chance: random.Random) -> None:
    """At most one of a kind and day, as the table asks, in place of what was given before."""
    keys = {(chance.choice(members), chance.choice(NAMES), chance.choice(KINDS), chance.choice(AGO)) for _ in range(12)}
    with database.writing(house.engine) as db:
        db.execute(RATINGS.delete())
        db.execute(insert(RATINGS), [rating(house.actor, chance, *key) for key in sorted(keys)])


def rating(actor: Actor, chance: random.Random, member: str, name: str, kind: RaterKind, ago: int) -> Mapping[str, Any]:
    check = kind == "knowledge-check"
    row = staff.rating(actor, member, name, kind, TODAY - timedelta(days=ago), 0)
    level = chance.randint(0, 2) if check else chance.choice((None, 0, 2, 3, 4))
    return {**row, "level": level, "shown_in": "", "correct": 1 if check else None, "asked": 1 if check else None}


def in_matrix(house: House, here: list[str]) -> StaffDue:
    found = house.read(matrix, TODAY, cast.STAFF, here)
    by = {one.id: found.of_indicator(one.id) for one in found.checklist.indicators}
    states = [one.state for of in by.values() for one in of.values()]
    return StaffDue(len(due_again(by, TODAY)), states.count("self-rated only"), states.count("not rated"))


def test_it_counts_what_the_matrix_shows(house: House, members: list[str]) -> None:
    chance, seen = random.Random(21), StaffDue()
    for _ in range(40):
        given(house, members, chance)
        found = house.read(staff_due, TODAY)
        assert found == in_matrix(house, members[:2])
        seen = StaffDue(seen.again + found.again, seen.waiting + found.waiting, seen.unrated + found.unrated)
    assert min(seen.again, seen.waiting, seen.unrated) > 5, "the control: each of the three was met"


@pytest.mark.usefixtures("members")
def test_who_sees_nobodys_ratings_is_told_nothing(house: House) -> None:
    assert house.read(staff_due, TODAY).unrated == 4
    for role in ("agency-administrator", "assessor", "auditor", "supervisor", "staff-member"):
        assert house.seen_by(joins(house.engine, house.actor.agency_id, role)).read(staff_due, TODAY).nothing, role


def test_four_times_the_staff_take_no_more_than_their_share(tmp_path: Path) -> None:
    engine = database.connect(place.sqlite_url(tmp_path))
    database.migrate(engine)
    actors = {count: staff.staffed(engine, count) for count in (30, 30 * TIMES)}

    def ask(count: int) -> None:
        with database.reading(engine) as db:
            assert staff_due(db, actors[count], TODAY + timedelta(days=200)).again

    assert growth(ask, 30) < LINEAR
    engine.dispose()
