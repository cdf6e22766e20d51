"""A house with something in every table, so that a copy can be compared with it; and empty ones to restore into."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from assessments.rules.competency import Given
from assessments.rules.targets import Aim
from assessments.store import database, place, rows
from assessments.store.tables import BrowserSession, Intake, LaunchLink
from assessments.use_cases import actions, checklists, measures, moves, priorities, targets
from assessments.use_cases.agencies import CycleDetails
from assessments.use_cases.assessments import Cover, remember_place, write_cover
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.deliveries import File, deliver
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.plans import ActionDetails, MeasureDetails, RoundDetails, Value
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.training_sessions import SessionDetails, add_session
from assessments.use_cases.trials import give_trial
from tests.use_cases import cast
from tests.use_cases.files import BROUGHT, OWN

SECRET = "a file on its way to one browser alone"
DELETED = "a sentence that was taken back"
NOTE = "Müller's “other” note; 50 % of it \\ 'quoted'\n\tand 漢字 \U0001f600"
COUNTED = "ORG-11"


def furnish(engine: Engine) -> cast.House:
    """Riverbend with a submitted assessment, and a row in each table."""
    house = cast.riverbend(engine)
    house.rate("ORG-01", 3)
    house.rate(COUNTED, cast.counts(8, 10, 12))
    house.rate("ORG-10", cast.not_applicable("no infants stay on site"))
    house.rate("PAR-01", cast.CANNOT_JUDGE)
    house.note("ORG-01", DELETED)
    house.note("ORG-01", NOTE, 1)
    house.write(add_evidence, house.assessment, "ORG-01", cast.POLICY, file=BROUGHT)
    house.write(write_cover, house.assessment, Cover("The team", 3.1, "Two interviews"), 0)
    house.write(remember_place, house.assessment, "ORG")
    house.write(checklists.choose_pack, "confidentiality", "1.0")
    house.write(checklists.load_checklist, OWN.encode(), "ours.toml")
    house.submit()
    blind_sheet_in(house)
    house.write(give_trial, *cast.PROGRAM, "Ann Able", "juniper", "ORG-01", 3, 0)
    plan_in(house)
    staff_in(house)
    _door(house)
    return house


def blind_sheet_in(house: cast.House) -> None:
    draft = house.begin(CycleDetails("Rated blind", cast.BASELINE.starts)).assessment
    sheet = house.write(begin_rating, draft, "peer", "Bea")
    house.write(rate, draft, "ORG-01", cast.level(2), 0, sheet_id=sheet)
    house.write(submit_sheet, draft, sheet)


def plan_in(house: cast.House) -> None:
    house.write(priorities.weigh, house.assessment, "ORG-01", priorities.Weight(2, 3, scope="pattern"))
    house.write(moves.move_gap, house.assessment, "ORG-01", 1, "It can be done at once")
    priority = house.write(priorities.choose_priority, house.assessment, "ORG-01", "Everything rests on it")
    today = cast.NOW.date()
    house.write(targets.set_target, house.assessment, Aim("indicator", "ORG-01", 4, today))
    house.write(actions.add_action, priority, ActionDetails("Write it down", "Dana", today, today))
    house.write(actions.add_round, priority, RoundDetails("Ask for a week", "Most will be asked", today))
    measure = house.write(measures.add_measure, priority, MeasureDetails("Women asked", better="up"))
    house.write(measures.write_value, measure, Value(today, 7, 10, NOTE.splitlines()[0]))


def staff_in(house: cast.House) -> None:
    """Two of a team, one of whom supervises the other, a rating, a course that was held, and who was there."""
    nurse = house.write(add_job_role, cast.STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    above = StaffDetails("R-1", house.site, cast.STARTED, roles=frozenset({nurse}))
    aide = frozenset({house.write(add_job_role, cast.STAFF, RoleProfile("Aide"))})
    led = replace(above, code="R-2", name="Nell North", roles=aide, supervisor_id=house.write(add_member, above))
    nell = house.write(add_member, led)
    house.write(rate_competency, nell, cast.STAFF, "STF-01", Given("supervisor", cast.NOW.date(), 2), None, NOTE)
    teaching = CourseDetails("First talks", 1.5, "in-person", "The county", 12, {"STF-01": 3})
    course = house.write(add_course, cast.STAFF, teaching)
    held = house.write(add_session, SessionDetails(course, cast.NOW.date(), NOTE.splitlines()[0]))
    house.write(mark_attendance, held, nell, "attended")


def _door(house: cast.House) -> None:
    house.write(deliver, "a browser", File("shelf.html", "text/html", SECRET.encode(), "shelf"), "perinatal-program")
    with database.writing(house.engine) as db:
        db.add(LaunchLink(token_hash=SECRET, made_at=cast.NOW, expires_at=cast.NOW))
        db.add(BrowserSession(token_hash=SECRET, begun_at=cast.NOW, seen_at=cast.NOW))
        db.add(
            Intake(
                agency_id=house.actor.agency_id,
                assessment_id=house.assessment,
                digest="0" * 64,
                changes=3,
                taken_at=cast.NOW,
                taken_by=house.actor.person_id,
            )
        )


def data(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All that a backup holds."""
    return {name: found for name, found in cast.everything(engine).items() if name not in rows.LEFT_OUT}


def empty(folder: Path) -> Engine:
    """An installation in which nothing is yet, not even tables."""
    return database.connect(place.sqlite_url(place.private_folder(folder)))
