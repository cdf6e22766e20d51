"""Plains, an invented collaborative, and agencies that are in it, each with one person of its own."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from assessments.rules.shared_sites import How
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Membership
from assessments.use_cases import agencies, assessments
from assessments.use_cases.agencies import CycleDetails, SiteDetails
from assessments.use_cases.collaboratives import invite_agency, join_collaborative, set_up_collaborative
from assessments.use_cases.sharing import share, sharings
from standards import catalogue
from tests.use_cases import cast
from tests.use_cases.cast import NOW, PROGRAM, House

PLAINS = replace(cast.RIVERBEND, name="Plains Collaborative")
FIRST_YEAR = CycleDetails("First year", date(2026, 1, 1))


def plains(engine: Engine, person: str = "Lou Lead", name: str = PLAINS.name) -> House:
    """The collaborative, seen by Lou, who leads it and belongs nowhere else. No assessment is begun in it."""
    with database.writing(engine) as db:
        made = set_up_collaborative(db, NOW, "Ann Able", replace(PLAINS, name=name), FIRST_YEAR)
    lou = alone_in(engine, made, person, "owner", "collaborative-lead")
    with database.reading(engine) as db:
        (site,), (cycle,) = agencies.sites(db, lou), agencies.cycles(db, lou)
        return House(engine, lou, site.id, cycle.id, "")


def agency(engine: Engine, name: str, person: str, checklist: tuple[str, str] = PROGRAM) -> House:
    """With a draft in the cycle that all of them have, seen by its only person."""
    details = replace(cast.HILLTOP, name=name)
    with database.writing(engine) as db:
        made = agencies.set_up(db, NOW, "Ann Able", details, SiteDetails(f"{name} house"), cast.BASELINE)
    actor = alone_in(engine, made, person, "owner")
    with database.writing(engine) as db:
        (site,), (cycle,) = agencies.sites(db, actor), agencies.cycles(db, actor)
        draft = assessments.start_assessment(db, actor, NOW, site.id, cycle.id, *checklist)
    return House(engine, actor, site.id, cycle.id, draft)


def alone_in(engine: Engine, made: Actor, person: str, *roles: str) -> Actor:
    """Somebody new in the place of who set it up."""
    found = cast.joins(engine, made.agency_id, roles[0], person)
    with database.writing(engine) as db:
        for role in roles[1:]:
            db.add(Membership(agency_id=made.agency_id, person_id=found.person_id, role=role))
        for role in roles:
            theirs = db.get(Membership, (made.agency_id, made.person_id, role))
            if theirs:
                db.delete(theirs)
    return found


def joins(lead: House, member: House, name: str = "An agency") -> None:
    joined = member.write(join_collaborative, lead.write(invite_agency, name))
    assert joined == lead.actor.agency_id


def rated(house: House, level: int, **others: int) -> None:
    """All judged indicators at this level, but for those named with `_` for `-`, and submitted."""
    named = {name.replace("_", "-"): value for name, value in others.items()}
    checklist = catalogue.library()[PROGRAM]
    for indicator in checklist.indicators:
        if checklist.ladder_of[indicator.id].kind == "judged":
            house.rate(indicator.id, named.get(indicator.id, level))
    house.submit()


def shares(house: House, lead: House, how: How | None, shown: int | None = None, checklist: str = PROGRAM[0]) -> None:
    """As it stands now, where nothing else is said to be `shown`."""
    if shown is None:
        shown = version(house, lead, checklist)
    assert house.write(share, lead.actor.agency_id, checklist, house.cycle, how, shown) is None


def version(house: House, lead: House, checklist: str = PROGRAM[0]) -> int:
    """Of what is shared of it now, 0 where nothing is."""
    found = house.read(sharings, lead.actor.agency_id)
    return next((one.version for one in found if (one.checklist_id, one.cycle_id) == (checklist, house.cycle)), 0)
