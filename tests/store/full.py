"""A house with something in every table, so that a copy can be compared with it; and empty ones to restore into."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from assessments.rules.competency import Given
from assessments.rules.moments import Moments
from assessments.rules.partnership import AgreementDetails, PartnerDetails
from assessments.rules.state_counts import StateCounts
from assessments.rules.targets import Aim
from assessments.rules.team_share import RoleDetails
from assessments.store import database, place, rows
from assessments.store.tables import (
    BrowserSession,
    Cohort,
    CohortMember,
    HostRole,
    Identity,
    Intake,
    LaunchLink,
    PeerAsk,
    PeerOffer,
    Release,
    ReleasedCount,
    SharedCount,
    SignIn,
)
from assessments.use_cases import actions, checklists, measures, moves, priorities, targets
from assessments.use_cases.agencies import CycleDetails, add_cycle
from assessments.use_cases.agency_texts import write_agency_text
from assessments.use_cases.agreements import add_agreement
from assessments.use_cases.assessments import Cover, remember_place, write_cover
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.clocks import set_clocks
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.deliveries import File, deliver
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.invitations import invite
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.partners import add_partner
from assessments.use_cases.plans import ActionDetails, MeasureDetails, RoundDetails, Value
from assessments.use_cases.quarter_counts import write_quarter_count
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.record_checks import RecordDetails
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.records import add_record, records
from assessments.use_cases.reviews import ReviewLine, ReviewRules, reviews, start_review, write_review_rules
from assessments.use_cases.sharing import share
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.team import write_team_role
from assessments.use_cases.took_part import mark_took_part
from assessments.use_cases.training_sessions import SessionDetails, add_session
from assessments.use_cases.trials import give_trial
from tests.use_cases import cast, together
from tests.use_cases.files import BROUGHT, OWN
from tests.use_cases.reviewed import as_listed

SECRET = "a file on its way to one browser alone"
DELETED = "a sentence that was taken back"
NOTE = "Müller's “other” note; 50 % of it \\ 'quoted'\n\tand 漢字 \U0001f600"
COUNTED = "ORG-11"
READ_IN = CycleDetails("Plans are read", cast.BASELINE.starts)


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
    house.write(remember_place, house.assessment, "ORG-1")
    house.write(checklists.choose_pack, "confidentiality", "1.0")
    house.write(checklists.load_checklist, OWN.encode(), "ours.toml")
    house.submit()
    blind_sheet_in(house)
    house.write(give_trial, *cast.PROGRAM, "Ann Able", "juniper", "ORG-01", 3, 0)
    plan_in(house)
    staff_in(house)
    partners_in(house)
    records_in(house)
    counts_in(house)
    together_in(house)
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
    house.write(mark_attendance, held, nell, "attended", None)


def records_in(house: cast.House) -> str:
    """A review whose only record is drawn. Its id."""
    house.write(start_review, house.site, house.write(add_cycle, READ_IN), [("posc-record", "1.0")])
    line: ReviewLine = house.read(reviews)[0]
    house.write(add_record, line.id, RecordDetails("P-001", "2026-Q1", "in-pregnancy", "before-birth"))
    rules = ReviewRules("The next in turn takes its place", "quarter", 10, 14, 30)
    version = house.write(write_review_rules, line.id, rules, line.version)
    house.write(draw_records, line.id, version, as_listed(house, line.id), "424142")
    read_in(house, line.id, line.reads[0].assessment)
    return line.id


def read_in(house: cast.House, review: str, assessment: str) -> None:
    """Its clocks are set, an answer is given, and who took part is marked."""
    record = house.read(records, review)[0]
    house.write(set_clocks, review, record.id, Moments(no_end=True, no_update=True), record.version)
    house.write(rate_record, assessment, record.id, "POC-01", cast.level(3), 0)
    house.write(mark_took_part, review, record.id, {"POT-01": "took-part"}, {})


def partners_in(house: cast.House) -> None:
    """One with an agreement, from which a role of the team is filled."""
    clinic = house.write(add_partner, PartnerDetails("County clinic", "prenatal-care", house.site, "Cleo Cole", True))
    house.write(add_agreement, clinic, AgreementDetails("qsoa", NOTE, "Ann", "Cleo", cast.STARTED, sharing_terms=NOTE))
    house.write(write_team_role, house.site, "POT-01", RoleDetails("Dr. Dee Drew", "Cleo Cole", clinic), 0)


def counts_in(house: cast.House) -> None:
    house.write(write_agency_text, "notification", NOTE, 0)
    house.write(write_quarter_count, house.site, "2026-Q3", StateCounts(12, 10, 9, None, 0), 0)


def together_in(house: cast.House) -> cast.House:
    """Of a submitted assessment: in a collaborative of its own with one other agency, each of which offers and asks.
    The collaborative.
    """
    lead = together.plains(house.engine, "Lou Lead", f"Plains around {house.actor.agency_id[:4]}")
    peer = together.agency(house.engine, f"Peer of {house.actor.agency_id[:4]}", "Pat Peer")
    together.joins(lead, house)
    together.joins(lead, peer)
    house.write(share, lead.actor.agency_id, cast.PROGRAM[0], house.cycle, "named", 0)
    with database.writing(house.engine) as db:
        _peers(db, lead, house, peer)
        _peers(db, lead, peer, house)
        _counted(db, lead, house)
    return lead


def _peers(db: Session, lead: cast.House, asks: cast.House, offers: cast.House) -> None:
    me = offers.actor.person_id
    offer = PeerOffer(
        agency_id=offers.actor.agency_id,
        collaborative_id=lead.actor.agency_id,
        site_id=offers.site,
        checklist_id=cast.PROGRAM[0],
        indicator_id="ORG-01",
        what=NOTE,
        offered_at=cast.NOW,
        offered_by=me,
    )
    db.add(offer)
    db.flush()
    db.add(
        PeerAsk(
            agency_id=lead.actor.agency_id,
            asked_by_agency=asks.actor.agency_id,
            offered_by_agency=offers.actor.agency_id,
            offer_id=offer.id,
            says=NOTE,
            asker_name="An agency",
            asker_contact=NOTE,
            state="asked",
            asked_at=cast.NOW,
            asked_by=me,
            changed_at=cast.NOW,
        )
    )


def _counted(db: Session, lead: cast.House, house: cast.House) -> None:
    """A cohort and a release, each of one site: of fewer than the rules would make one of."""
    lou, together_id = lead.actor.person_id, lead.actor.agency_id
    cohort = Cohort(
        agency_id=together_id, checklist_id="x", edition_hash="0", form="full", made_at=cast.NOW, made_by=lou
    )
    release = Release(
        agency_id=together_id,
        measure="identified",
        quarter="2026-Q3",
        fewest=11,
        hidden="[]",
        made_at=cast.NOW,
        made_by=lou,
    )
    db.add_all([cohort, release])
    db.flush()
    mine = house.actor.agency_id
    db.add(CohortMember(agency_id=together_id, cohort_id=cohort.id, submission="0", known_to=mine))
    db.add(
        ReleasedCount(
            agency_id=together_id, release_id=release.id, site_id=house.site, part="all", known_to=mine, count=12
        )
    )
    db.add(
        SharedCount(
            agency_id=mine,
            collaborative_id=together_id,
            site_id=house.site,
            quarter="2026-Q3",
            letters="BC",
            fewest=11,
            identified=12,
            shared_at=cast.NOW,
            shared_by=house.actor.person_id,
        )
    )


def _door(house: cast.House) -> None:
    house.write(invite, "Ida Ivy", ["assessor"])
    house.write(deliver, "a browser", File("shelf.html", "text/html", SECRET.encode(), "shelf"), "perinatal-program")
    with database.writing(house.engine) as db:
        db.add(LaunchLink(token_hash=SECRET, made_at=cast.NOW, expires_at=cast.NOW))
        me = house.actor.person_id
        db.add(BrowserSession(token_hash=SECRET, person_id=me, begun_at=cast.NOW, seen_at=cast.NOW))
        db.add(SignIn(state_hash=SECRET, provider="county", browser_hash="", nonce="", verifier="", begun_at=cast.NOW))
        db.add(Identity(issuer="https://login.example", subject="ann-1", person_id=me, bound_at=cast.NOW))
        db.add(HostRole(person_id=me, role="host-administrator", given_at=cast.NOW))
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
