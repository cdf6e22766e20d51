"""The competencies of 500 staff on screen against those of 20: what the server needs, and what goes over the wire."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import insert

from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Table
from assessments.use_cases import agencies
from assessments.use_cases.agencies import AgencyDetails, SiteDetails
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from bench import sizes
from bench.figures import Figure, ratio
from bench.protocol import Screen
from standards import catalogue
from tests.use_cases import cast

CHECKLIST = catalogue.library()[cast.STAFF]
FEW, MANY = 20, 500
LARGEST = 200_000
"""Bytes."""
TODAY = cast.NOW.date()
HEAT = 'class="heat"'
TABLES = Table.metadata.tables


def measure() -> list[Figure]:
    few, many = sizes.measured((FEW, MANY), _furnish, "competencies", _is_drawn)
    name = f"competencies, {MANY} staff"
    return [
        ratio(f"{name} / {FEW}", many.times, few.times, 1.5),
        Figure(
            f"{name}: kB for the page", many.payload / 1000, LARGEST / 1000, f"{few.payload / 1000:.0f} kB for {FEW}"
        ),
    ]


def _furnish(engine: database.Engine, count: int) -> str:
    staffed(engine, count)
    return _agency(count)


def staffed(engine: database.Engine, count: int) -> Actor:
    """An agency of so many staff. Rows straight into the tables: of each cell a supervisor's rating, of every third
    one's own and an older one.
    """
    details = AgencyDetails(_agency(count), "WY", "America/Denver")
    with database.writing(engine) as db:
        actor = agencies.set_up(db, cast.NOW, "Ann Able", details, SiteDetails("Main Street"), cast.BASELINE)
        (site,) = agencies.sites(db, actor)
        role = add_job_role(
            db, actor, cast.NOW, cast.STAFF, RoleProfile("Counselor", dict.fromkeys(CHECKLIST.indicator, 3))
        )
        held = {"agency_id": actor.agency_id, "role_id": role}
        members = [_member(actor, site.id, number) for number in range(count)]
        db.execute(insert(TABLES["staff_member"]), members)
        db.execute(insert(TABLES["staff_role"]), [{**held, "staff_id": one["id"]} for one in members])
        ratings = [row for number, one in enumerate(members) for row in _ratings(actor, str(one["id"]), number)]
        db.execute(insert(TABLES["competency_rating"]), ratings)
    return actor


def _agency(count: int) -> str:
    return f"Agency of {count}"


def _member(actor: Actor, site_id: str, number: int) -> dict[str, object]:
    code = f"C-{number:03}"
    return {
        "agency_id": actor.agency_id,
        "id": f"{actor.agency_id[:8]}-staff-{number:03}",
        "site_id": site_id,
        "code": code,
        "code_key": code.casefold(),
        "name": f"Name Number {number}",
        "starts": cast.STARTED,
        "ends": None,
        "added_at": cast.NOW,
        "added_by": actor.person_id,
        "version": 1,
    }


def _ratings(actor: Actor, staff: str, number: int) -> Iterator[dict[str, object]]:
    for place_, indicator in enumerate(CHECKLIST.indicators):
        level, recent = (number + place_) % 5, TODAY - timedelta(days=(number * 7 + place_) % 300)
        yield rating(actor, staff, indicator.id, "supervisor", recent, level)
        if (number + place_) % 3 == 0:
            yield rating(actor, staff, indicator.id, "self", recent, min(level, 2))
            yield rating(actor, staff, indicator.id, "supervisor", recent - timedelta(days=200), max(0, level - 1))


def rating(actor: Actor, staff: str, indicator: str, kind: str, on: date, level: int) -> dict[str, object]:
    return {
        "agency_id": actor.agency_id,
        "staff_id": staff,
        "checklist_id": CHECKLIST.id,
        "edition": CHECKLIST.edition,
        "indicator_id": indicator,
        "kind": kind,
        "on": on,
        "level": level,
        "shown_in": "live" if level >= 3 and kind == "supervisor" else "",
        "correct": None,
        "asked": None,
        "note": "",
        "given_at": cast.NOW,
        "given_by": actor.person_id,
        "version": 1,
    }


def _is_drawn(screen: Screen) -> bool:
    return any(HEAT in one.html.body for one in screen.elements.values() if one.WhichOneof("type") == "html")
