"""Every use case asks the table of rights, from the database, on every call; and no agency reaches another."""

import ast
import importlib
import inspect
import pkgutil
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

import assessments.use_cases
from assessments.errors import BadInput, Conflict, NotAllowed, NotFound, NotRatableHere, ToolkitError
from assessments.rules.competency import Given
from assessments.rules.moments import Moments
from assessments.rules.partnership import AgreementDetails, PartnerDetails
from assessments.rules.shared_sites import Period
from assessments.rules.state_counts import StateCounts
from assessments.rules.targets import Aim
from assessments.rules.team_share import RoleDetails
from assessments.store import database
from assessments.store.access import RIGHTS, ROLES, Actor, allowed
from assessments.store.tables import Collaborative, Table
from assessments.use_cases import actions, agencies, checklists, measures, priorities, submission
from assessments.use_cases import assessments as all_assessments
from assessments.use_cases.agencies import CycleDetails, SiteDetails
from assessments.use_cases.agreements import add_agreement
from assessments.use_cases.assessments import Cover
from assessments.use_cases.competencies import Shown, competency_ratings, rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.deliveries import File
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.guests import add_guest
from assessments.use_cases.identities import PersonHere, persons_here
from assessments.use_cases.intake import Preview, Returned
from assessments.use_cases.invitations import invitations, invite
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.moves import move_gap, moves
from assessments.use_cases.partners import PartnerLine, add_partner, partners
from assessments.use_cases.plans import MeasureDetails, Plan, Value, plan
from assessments.use_cases.priorities import Weight
from assessments.use_cases.raters import Raters, begin_rating, raters, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.readers import compare_readers
from assessments.use_cases.readings_back import ReadingsPreview, ReturnedReadings
from assessments.use_cases.record_checks import RecordDetails
from assessments.use_cases.records import RecordLine, add_record, records
from assessments.use_cases.records_back import RecordPreview
from assessments.use_cases.reviews import ReviewLine, ReviewRules, reviews, write_review_rules
from assessments.use_cases.shared import Question
from assessments.use_cases.sharing import share
from assessments.use_cases.spread_of_sites import Asked
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.staff_intake import StaffPreview
from assessments.use_cases.targets import set_target, targets
from assessments.use_cases.trail import traces
from assessments.use_cases.training_sessions import SessionDetails, add_session
from assessments.use_cases.trials import give_trial
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import (
    BASELINE,
    NOW,
    POLICY,
    PROGRAM,
    RIVERBEND,
    STAFF,
    STARTED,
    House,
    everything,
    joins,
    level,
    riverbend,
)
from tests.use_cases.files import BROUGHT, OWN
from tests.use_cases.peered import Peered, peered
from tests.use_cases.reviewed import Reviewed, as_listed
from tests.use_cases.test_improvement import TRY_IT, WAIT, WRITE_IT

MODULES = [
    importlib.import_module(f"assessments.use_cases.{found.name}")
    for found in pkgutil.iter_modules(assessments.use_cases.__path__)
]
MEMBERSHIPS = Table.metadata.tables["membership"]
AIM = Aim("indicator", "ORG-01", 4, NOW.date())
NOTED = "what nobody should have written"
PLANS = ("posc-record", "1.0")
LISTED, DRAWN, TWICE = "Plans are listed", "Plans are read", "Beds are read twice"
TOGETHER = "Beds are agreed on"
BEDS = ("safe-sleep", "1.0")
RULES = ReviewRules("The next in turn takes its place")
CLINIC = PartnerDetails("County clinic", "prenatal-care", None, "Cleo", True)
SIGNED = AgreementDetails("qsoa", signed=STARTED)
GONE, INVITED = "Gil Gone", "Ida Ivy"
PERIOD = Period(BASELINE.starts, BASELINE.ends or date.max)
CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
FIRST_TALKS = CourseDetails("First talks", 1.5, "in-person", valid_months=12, teaches={"STF-01": 3})
STEPS = {
    "place_of",
    "keep_clocks",
    "put_clocked",
    "put_clocked_of",
    "put_clocked_into",
    "judge_again",
    "open_place",
    "open_assessment",
    "put_answer",
    "put_note",
    "put_evidence",
    "put_file",
    "drop_file",
    "find_assessment",
    "say",
    "put_away",
    "searched",
    "sight_of",
    "require_seen",
    "staff_checklist",
    "marks_of",
    "supervisors_of",
    "find_member",
    "checked_member",
    "kept_apart",
    "several_read",
    "refuse_name_as_code",
    "find_review",
    "find_record",
    "reading_of",
    "open_reading",
    "open_list",
    "checked_record",
    "put_records",
    "put_details",
    "put_found",
    "open_record",
    "put_new_clocks",
    "put_many_clocks",
    "put_dated",
    "put_marks",
    "put_readings",
    "put_clocks",
    "say_kept",
    "put_member",
    "put_ties",
    "names_of",
    "say_revised",
    "needs_of",
    "matrix_of",
    "question",
    "today_of",
    "find_course",
    "find_session",
    "find_partner",
    "say_changed",
    "require_site",
    "roles_of_team",
    "shares_of",
    "roles_given",
    "theirs_to_give",
    "require_to_give",
    "refuse_in_guest",
    "require_roles",
    "withdraw_invitations_of",
    "own_stands",
    "own_names",
    "require_member",
    "follow_counts",
    "said",
} | {
    "find_priority",
    "open_priority",
    "require_indicator",
    "found",
    "put",
    "put_again",
}
"""Shared steps of use cases, always called from within one that was allowed."""
OF_REVIEWS = {
    "put_review",
    "drop_unread",
    "read_too",
    "is_read",
    "listed_of",
    "twice",
    "both",
    "is_compared",
    "not_compared",
    "open_readings",
    "refuse_settled",
    "refuse_closed",
    "refuse_submitted",
    "refuse_too_many",
    "put_in_order",
    "stored",
    "person_names",
    "gives_way",
    "answered",
}
"""Steps that take the review itself, which was found for an actor."""
OF_SHARES = {
    "bare_sites",
    "checklist_of_question",
    "guests_of",
    "is_guest_elsewhere",
    "is_member",
    "keep",
    "agencies_known",
    "knowers",
    "led",
    "let_go_of_guests",
    "own_site",
    "publish",
    "published",
    "rated_here",
    "require_in",
    "shared_sites",
    "source_of",
    "stays_member",
    "version_of_sites",
}
"""Steps of sharing and of what is made of it."""
DOOR = {"make_link", "is_good", "open_session", "session_of", "of_those_open", "mark_seen", "end_session"}
STANDING = {"stands_in", "stand_in", "first_to_stand_in"}
"""Which of one's own agencies was chosen last in a browser; it opens none."""
SIGNING_IN = {
    "still_open",
    "person_of",
    "begin_session",
    "end_sessions_of",
    "welcome",
    "begin_sign_in",
    "is_begun",
    "take_sign_in",
    "enter",
    "say_refused",
    "needs_administrator",
}
LOOKING_AFTER = {
    "looks_after",
    "require_host_administrator",
    "needs_name",
    "name_oneself",
    "everybody",
    "invite_administrator",
    "end_looking_after",
    "shut_out",
    "let_back_in",
    "spend_links",
}
IN_COLLABORATIVES = {
    "cohorts_of",
    "collaboratives_of",
    "blocks_of",
    "draw_count_letters",
    "kept_of",
    "draw_letters",
    "found_at",
    "given_to",
    "redraw_letters",
    "letters_of",
    "member_to_go",
    "move",
    "put_agency",
    "set_up_collaborative",
    "unpublish",
    "unpublish_member",
    "waits_of",
    "was_guest",
    "in_turn",
}
FIRST = {"local_person", "agencies_of", "set_up", "hand_out", "delete_spent"}
OTHERS = FIRST | DOOR | STANDING | SIGNING_IN | LOOKING_AFTER | IN_COLLABORATIVES
"""Without an actor: they come before anybody is one, or find who it is themselves."""


def functions(module: ModuleType) -> dict[str, FunctionType]:
    """Public ones, written in this very module."""
    return {
        name: found
        for name, found in vars(module).items()
        if isinstance(found, FunctionType) and found.__module__ == module.__name__ and not name.startswith("_")
    }


def guarded(function: FunctionType) -> bool:
    return function.__code__ is GUARD


def unguarded(module: ModuleType) -> set[str]:
    return {
        name
        for name, function in functions(module).items()
        if "actor" in inspect.signature(function).parameters and not guarded(function)
    }


GUARD = checklists.shelf.__code__
USE_CASES: dict[str, Any] = {
    name: function for module in MODULES for name, function in functions(module).items() if guarded(function)
}


def test_every_use_case_with_an_actor_is_guarded() -> None:
    assert set().union(*map(unguarded, MODULES)) == STEPS | OF_SHARES


def test_what_takes_a_transaction_without_an_actor_is_known() -> None:
    found = {
        name
        for module in MODULES
        for name, function in functions(module).items()
        if "db" in (parameters := inspect.signature(function).parameters) and "actor" not in parameters
    }
    assert found - {"rows_of", "sheet_at", "ratings_of", "weights_of", "blind_sheets"} - OF_REVIEWS == OTHERS


def test_table_and_use_cases_match() -> None:
    assert set(USE_CASES) == set(RIGHTS)
    assert all(roles and roles <= ROLES.keys() for roles in RIGHTS.values())


def test_control_an_unguarded_use_case_is_found() -> None:
    module = ModuleType("made_up")
    exec("def peep(db, actor): ...\ndef _inner(db, actor): ...", vars(module))
    for made in vars(module).values():
        if isinstance(made, FunctionType):
            made.__module__ = "made_up"
    assert unguarded(module) == {"peep"}


def test_control_a_use_case_without_a_row_cannot_be_made() -> None:
    def peep(_db: Session, _actor: Actor) -> None: ...

    with pytest.raises(KeyError):
        allowed(peep)


@dataclass(frozen=True)
class Full:
    """Riverbend with one of everything; each use case can be called on it with `calls`."""

    house: House
    evidence: str
    spare_site: str
    spare_cycle: str
    submitted: str
    empty: str
    noted: tuple[int, ...]
    """The numbers of the entries that hold `NOTED`."""
    plan: Plan
    blind: str
    rated_blind: Raters
    """On an assessment with two raters, of whom the second has submitted."""
    compared: str
    """An assessment with two raters who both have."""
    role: str
    member: str
    course: str
    session: str
    counted: str
    """An assessment of staff."""
    together: str
    """The collaborative that the house is in, and shares `submitted` with; it is one itself too, of one more agency."""
    peer: str
    """That agency."""
    guest: str
    """Of the house, kept by somebody else."""
    peered: Peered

    @property
    def moved(self) -> int:
        found: int = self.house.read(moves, self.house.assessment)["ORG-01"].version
        return found

    @property
    def aimed(self) -> int:
        found: int = self.house.read(targets, self.house.assessment)[0].version
        return found

    @property
    def watched(self) -> Shown:
        (found,) = self.house.read(competency_ratings, STAFF, [self.member])[self.member, "STF-02"]
        shown: Shown = found.shown
        return shown

    @cached_property
    def listed(self) -> ReviewLine:
        """With one record, from which nothing is drawn."""
        return self._review(LISTED)

    @cached_property
    def drawn(self) -> ReviewLine:
        """With two records, which are to be read; the second is without a plan."""
        return self._review(DRAWN)

    @cached_property
    def record(self) -> RecordLine:
        found: RecordLine = self.house.read(records, self.listed.id)[0]
        return found

    @cached_property
    def to_read(self) -> RecordLine:
        found: RecordLine = self.house.read(records, self.drawn.id)[0]
        return found

    @cached_property
    def without_plan(self) -> RecordLine:
        found: RecordLine = self.house.read(records, self.drawn.id)[1]
        return found

    @cached_property
    def agreed(self) -> RecordLine:
        """Read by two, who were compared."""
        found: RecordLine = self.house.read(records, self._review(TOGETHER).id)[0]
        return found

    @cached_property
    def readings(self) -> ReturnedReadings:
        """A workbook in which nothing was filled in."""
        return ReturnedReadings(self.drawn.reads[0].assessment, *PLANS, catalogue.library()[PLANS].hash, "first")

    def _review(self, cycle: str) -> ReviewLine:
        found: list[ReviewLine] = self.house.read(reviews)
        return next(line for line in found if line.cycle == cycle)

    @property
    def partner(self) -> PartnerLine:
        """With one agreement."""
        found: PartnerLine = self.house.read(partners)[0]
        return found

    @property
    def nurse(self) -> StaffDetails:
        return StaffDetails("R-9", self.house.site, STARTED, roles=frozenset({self.role}))

    @property
    def gone(self) -> str:
        found: list[PersonHere] = self.house.read(persons_here)
        return next(one.id for one in found if one.name == GONE)

    @property
    def invited(self) -> str:
        found: str = next(one.id for one in self.house.read(invitations, NOW) if one.name == INVITED)
        return found

    @property
    def workbook(self) -> Returned:
        """One in which nothing was filled in."""
        program = ("perinatal-program", "1.0")
        return Returned(self.house.assessment, *program, catalogue.library()[program].hash, ())

    @cached_property
    def calls(self) -> dict[str, tuple[Any, ...]]:
        draft, now = self.house.assessment, NOW
        return {
            "agency_settings": (),
            "revise_agency": (now, replace(RIVERBEND, name="Riverbend Again")),
            "rename_oneself": (now, "Ann Other"),
            "leave_agency": (now,),
            "archive_agency": (now,),
            "sites": (),
            "add_site": (now, SiteDetails("Elm Street")),
            "revise_site": (now, self.house.site, SiteDetails("Oak Street")),
            "archive_site": (now, self.house.site),
            "delete_site": (now, self.spare_site, "Spare"),
            "cycles": (),
            "add_cycle": (now, replace(BASELINE, name="Follow-up 2")),
            "revise_cycle": (now, self.house.cycle, replace(BASELINE, name="Start")),
            "archive_cycle": (now, self.house.cycle),
            "delete_cycle": (now, self.spare_cycle, "Spare"),
            "shelf": (),
            "choose_pack": (now, "clinical-care", "1.0"),
            "put_away_pack": (now, "confidentiality", "1.0"),
            "may_load": (catalogue.read_text(OWN.replace("our-door", "our-gate"), "gate.toml"),),
            "load_checklist": (now, OWN.replace("our-door", "our-gate").encode(), "gate.toml"),
            "remove_checklist": (now, "our-door", "1.0"),
            "assessments": (),
            "assessment_summary": (draft,),
            "start_assessment": (now, self.spare_site, self.house.cycle, "collaborative-capacity", "1.0"),
            "rename_assessment": (now, draft, "Our first"),
            "archive_assessment": (now, draft),
            "delete_assessment": (now, draft, "Care of pregnant and postpartum women: the program"),
            "write_cover": (now, draft, Cover("The team", 3.5, "Two interviews"), 0),
            "submit": (now, draft),
            "reopen": (now, self.submitted, "One rating was wrong"),
            "last_place": (),
            "remember_place": (now, draft, "ORG-1"),
            "sheet": (draft,),
            "rate": (now, draft, "ORG-02", level(2), 0),
            "rate_and_read": (now, draft, "ORG-03", level(2), 0),
            "write_note": (now, draft, "ORG-02", "Seen", 0),
            "add_evidence": (now, draft, "ORG-02", POLICY),
            "revise_evidence": (now, draft, self.evidence, replace(POLICY, what="Another"), 1),
            "remove_evidence": (now, draft, self.evidence, 1),
            "remove_evidence_file": (now, draft, self.evidence, 1),
            "evidence_file": (self.evidence,),
            "raters": (self.blind,),
            "blind_progress": (),
            "begin_rating": (now, self.blind, "peer", "Dee"),
            "submit_sheet": (now, self.blind, self.rated_blind.raters[0].sheet),
            "take_back_sheet": (now, self.blind, self.rated_blind.raters[1].sheet),
            "discard_sheet": (now, self.blind, self.rated_blind.raters[0].sheet, "Left the agency"),
            "comparison": (self.compared,),
            "notes_of_raters": (self.compared, ["ORG-01"]),
            "agree": (now, self.compared, "ORG-01", level(2), "Seen in the policy", 0),
            "agree_where_alike": (now, self.compared),
            "agree_on_the_lower": (now, self.compared),
            "heard": (self.compared,),
            "trials": PROGRAM,
            "give_trial": (now, *PROGRAM, "Cam", "juniper", "ORG-02", 1, 0),
            "take_out_trials": (now, *PROGRAM, "Ann"),
            "gap_report": (draft,),
            "cycle_comparison": (self.submitted, draft),
            "weights": (draft,),
            "weigh": (now, draft, "ORG-01", Weight(2)),
            "priorities": (draft,),
            "choose_priority": (now, draft, "ORG-02", "It comes first"),
            "drop_priority": (now, self.plan.priority.id, "The county does it", 1),
            "moves": (draft,),
            "move_gap": (now, draft, "ORG-02", 1, "The county pays for it"),
            "take_back_move": (now, draft, "ORG-01", self.moved),
            "targets": (draft,),
            "target_report": (draft,),
            "set_target": (now, draft, replace(AIM, about_id="ORG-02")),
            "take_out_target": (now, draft, AIM, self.aimed),
            "plan": (draft,),
            "due_actions": (),
            "add_action": (now, self.plan.priority.id, WRITE_IT),
            "revise_action": (now, self.plan.actions[0].id, replace(WRITE_IT, owner="Sam"), 1),
            "add_round": (now, self.plan.priority.id, TRY_IT),
            "revise_round": (now, self.plan.rounds[0].id, replace(TRY_IT, did="Asked"), 1),
            "add_measure": (now, self.plan.priority.id, MeasureDetails("Women asked")),
            "revise_measure": (now, self.plan.measures[0].id, replace(WAIT, name="Days waited"), 1),
            "write_value": (now, self.plan.measures[0].id, Value(NOW.date(), 3)),
            "take_out_value": (now, self.plan.measures[0].id, BASELINE.starts),
            "proof_of_effect": (draft,),
            "roster": (),
            "add_member": (now, self.nurse),
            "revise_member": (now, self.member, replace(self.nurse, name="Nell North"), 1),
            "delete_member": (now, self.member, "R-1"),
            "keeps_roster": (),
            "export_names": (now,),
            "persons": (),
            "persons_here": (),
            "end_access": (now, self.gone),
            "roles_to_give": (),
            "revise_roles": (now, self.gone, ["assessor", "collaborative-lead"], ["assessor"]),
            "invite": (now, "Jo Jay", ["assessor"]),
            "invitations": (now,),
            "withdraw_invitation": (now, self.invited),
            "tie_person": (now, self.member, self.house.actor.person_id, 1),
            "preview_staff": ([],),
            "take_in_staff": (now, [], StaffPreview()),
            "job_roles": (STAFF,),
            "add_job_role": (now, STAFF, RoleProfile("Counselor", {"STF-01": 3})),
            "add_usual_roles": (now, STAFF),
            "revise_job_role": (now, self.role, STAFF, RoleProfile("Nurse", {"STF-02": 3}), 1),
            "archive_job_role": (now, self.role, 1),
            "matrix": (NOW.date(), STAFF, [self.member]),
            "competency_ratings": (STAFF, [self.member]),
            "ratable": (),
            "rate_competency": (now, self.member, STAFF, "STF-01", Given("observer", NOW.date(), 2), None),
            "take_out_competency_rating": (now, self.member, STAFF, "STF-02", "observer", NOW.date(), self.watched),
            "seen_staff": (NOW.date(),),
            "staff_due": (NOW.date(),),
            "staff_shares": (NOW.date(), self.house.site, STAFF),
            "count_staff": (now, self.counted),
            "count_records": (now, self._review(TWICE).reads[0].assessment),
            "staff_beside": (NOW.date(), draft),
            "plans_beside": (draft,),
            "seen_members": (),
            "one_person": (NOW.date(), self.member, STAFF),
            "courses": (STAFF,),
            "keeps_courses": (),
            "add_course": (now, STAFF, replace(FIRST_TALKS, name="Second talks")),
            "revise_course": (now, self.course, STAFF, replace(FIRST_TALKS, hours=2), 1),
            "archive_course": (now, self.course, 1),
            "training_sessions": (),
            "add_session": (now, SessionDetails(self.course, NOW.date())),
            "revise_session": (now, self.session, SessionDetails(self.course, NOW.date(), "In room 2"), 1),
            "delete_session": (now, self.session, 1),
            "mark_attendance": (now, self.session, self.member, "attended", None),
            "attenders": (self.session,),
            "trained": ([self.member],),
            "training_plan": (NOW.date(), STAFF),
            "learned": (NOW.date(), STAFF, self.course),
            "reviews": (),
            "start_review": (now, self.spare_site, self.house.cycle, [PLANS]),
            "write_review_rules": (now, self.listed.id, ReviewRules("Nobody takes its place"), self.listed.version),
            "records": (self.listed.id,),
            "recoded": (self.listed.id,),
            "add_record": (now, self.listed.id, RecordDetails("P-002", "2026-Q1")),
            "revise_record": (now, self.listed.id, self.record.id, RecordDetails("P-003", "2026-Q1"), 1),
            "remove_record": (now, self.listed.id, self.record.id, 1),
            "preview_records": (now, self.listed.id, []),
            "take_in_records": (now, self.listed.id, RecordPreview()),
            "draw_records": (now, self.listed.id, self.listed.version, {self.record.id: 1}),
            "undo_draw": (now, self.drawn.id, self.drawn.version),
            "undone_draws": (self.drawn.id,),
            "put_record_aside": (now, self.drawn.id, self.to_read.id, "not-found", self.to_read.version),
            "record_ratings": (self.drawn.reads[0].assessment, [self.to_read.id]),
            "review_results": (self.drawn.reads[0].assessment,),
            "goes_with": (self.drawn.reads[0].assessment,),
            "reads_records": (),
            "unmet_cases": (self.drawn.reads[0].assessment,),
            "course_of_element": (self.drawn.reads[0].assessment, "POC-01"),
            "rate_record": (now, self.drawn.reads[0].assessment, self.to_read.id, "POC-01", level(3), 0),
            "set_clocks": (now, self.drawn.id, self.to_read.id, Moments(no_end=True), self.to_read.version),
            "record_clocks": (self.drawn.id, [self.to_read.id]),
            "preview_readings": (now, self.drawn.reads[0].assessment, self.readings),
            "take_in_readings": (now, self.drawn.reads[0].assessment, ReadingsPreview(self.readings)),
            "compare_readers": (now, self._review(TWICE).id),
            "answer_no_plan": (now, self.drawn.reads[0].assessment, self.without_plan.id),
            "agree_on": (now, self._review(TOGETHER).reads[0].assessment, self.agreed.id, {"ADD-S01": (level(0), 0)}),
            "readers_compared": (self.drawn.id,),
            "first_stands": (self.drawn.reads[0].assessment,),
            "readers_differ": (self.drawn.reads[0].assessment,),
            "two_readers": (self.drawn.reads[0].assessment,),
            "mark_took_part": (now, self.drawn.id, self.to_read.id, {"POT-01": "took-part"}, {}),
            "team_marks": (self.drawn.id, [self.to_read.id]),
            "team": (NOW.date(), self.house.site),
            "write_team_role": (now, self.house.site, "POT-01", RoleDetails("Dr. Dee", "Cam"), 0),
            "partners": (),
            "add_partner": (now, replace(CLINIC, name="City clinic")),
            "revise_partner": (now, self.partner.id, replace(CLINIC, contact="Cam"), 1),
            "archive_partner": (now, self.partner.id, 1),
            "add_agreement": (now, self.partner.id, replace(SIGNED, kind="mou")),
            "revise_agreement": (now, self.partner.agreements[0].id, replace(SIGNED, scope="Prenatal care"), 1),
            "archive_agreement": (now, self.partner.agreements[0].id, 1),
            "lapsing_agreements": (NOW.date(),),
            "proposed_levels": (NOW.date(), self.house.site),
            "open_for_proposals": (self.house.site,),
            "take_over_level": (now, draft, "PAR-01", 2, 0),
            "agency_text": ("notification",),
            "write_agency_text": (now, "notification", "The nurse on duty calls the office.", 0),
            "quarter_counts": (NOW.date(),),
            "plans_due": (NOW.date(),),
            "write_quarter_count": (now, self.house.site, "2026-Q3", StateCounts(12, 10), 0),
            "collaboratives": (),
            "collaborative_settings": (),
            "revise_collaborative": (now, 15, "", 1),
            "members": (),
            "open_codes": (now,),
            "invite_agency": (now, "One more agency"),
            "remove_member": (now, self.peer),
            "add_guest": (now, replace(RIVERBEND, name="Guest House"), SiteDetails("Guest site"), BASELINE),
            "keep_guest": (now, self.guest),
            "join_collaborative": (now, "no code at all"),
            "leave_collaborative": (now, self.together),
            "sharings": (self.together,),
            "may_share": (now, self.together),
            "share": (now, self.together, PROGRAM[0], self.house.cycle, "named", 0),
            "share_preview": (now, self.together, self.submitted, "named"),
            "refuse_workbook": (now, draft, "0" * 64),
            "waiting_together": (QUESTION, PERIOD),
            "count_together": (now, QUESTION, PERIOD),
            "sites_beside": (now, self.peered.collaborative, self.submitted),
            "sites_together": (QUESTION, self.house.cycle),
            "questions_together": (),
            "crowd_beside": (now, self.peered.collaborative, self.submitted),
            "crowd_together": (QUESTION, self.house.cycle),
            "spread_of_sites": (Asked(self.peered.collaborative, QUESTION, PERIOD), ("ORG",)),
            **self.peered.calls(now),
            "deliver": (now, "a browser", File("shelf.html", "text/html", b"<p>", "shelf"), "perinatal-program"),
            "is_waiting": ("/download/nothing",),
            "preview": (draft, self.workbook, "0" * 64),
            "take_in": (now, draft, self.workbook, "0" * 64, Preview()),
            "audit_trail": (),
            "verify_trail": (),
            "trail_filters": (),
            "traces": (NOTED,),
            "purge_values": (now, NOTED, self.noted, "Words that had to go"),
        }


@pytest.fixture
def full(engine: Engine) -> Full:
    return furnished(riverbend(engine))


@pytest.fixture
def house(full: Full) -> House:
    return full.house


def furnished(house: House) -> Full:
    spare_site = house.write(agencies.add_site, SiteDetails("Spare"))
    spare_cycle = house.write(agencies.add_cycle, CycleDetails("Spare", BASELINE.starts))
    house.rate("ORG-01", 3)
    evidence = house.write(add_evidence, house.assessment, "ORG-01", POLICY, file=BROUGHT)
    house.write(checklists.choose_pack, "confidentiality", "1.0")
    house.write(checklists.load_checklist, OWN.encode(), "ours.toml")
    later = house.write(agencies.add_cycle, CycleDetails("Follow-up 1", BASELINE.starts))
    other = house.write(all_assessments.start_assessment, house.site, later, "perinatal-program", "1.0")
    replace(house, assessment=other).rate("ORG-01", 4)
    replace(house, assessment=other).rate("ORG-02", 4)
    house.write(submission.submit, other)
    house.note("ORG-03", NOTED)
    house.note("ORG-03", "", 1)
    house.write(give_trial, *PROGRAM, "Ann", "juniper", "ORG-01", 3, 0)
    house.write(move_gap, house.assessment, "ORG-01", 1, "It can be done at once")
    house.write(set_target, house.assessment, AIM)
    house.write(add_agreement, house.write(add_partner, CLINIC), SIGNED)
    listed(house)
    joins(house.engine, house.actor.agency_id, "assessor", GONE)
    joins(house.engine, house.actor.agency_id, "owner", "Olu Own")  # an only owner could not leave
    house.write(invite, INVITED, ["assessor"])
    noted = house.read(traces, NOTED).numbers
    blind = rated_blind(house, "Blind", done=("Bea",))
    compared = rated_blind(house, "Compared", done=("Ann", "Bea"))
    of_blind = house.read(raters, blind)
    return Full(
        house,
        evidence,
        spare_site,
        spare_cycle,
        other,
        later,
        noted,
        planned(house),
        blind,
        of_blind,
        compared,
        *employed(house),
        house.begin(CycleDetails("Of staff", BASELINE.starts), STAFF).assessment,
        *in_collaboratives(house, later),
    )


def in_collaboratives(house: House, cycle: str) -> tuple[str, str, str, Peered]:
    """In one it shares its checklist of that cycle; and it is one, which is never so but here, to call all at once."""
    lead, peer = together.plains(house.engine), together.agency(house.engine, "Peer House", "Pat Peer")
    together.joins(lead, house)
    house.write(share, lead.actor.agency_id, PROGRAM[0], cycle, "named", 0)
    with database.writing(house.engine) as db:
        db.add(Collaborative(agency_id=house.actor.agency_id))
    house.write(checklists.choose_pack, "collaborative-capacity", "1.0")
    together.joins(house, peer)
    together.shares(peer, house, "named")
    keeper = house.seen_by(joins(house.engine, house.actor.agency_id, "collaborative-lead", "Kim Keeper"))
    guest = keeper.write(add_guest, replace(RIVERBEND, name="Guest of Kim"), SiteDetails("Their site"), BASELINE)
    return lead.actor.agency_id, peer.actor.agency_id, guest, peered(house, lead, peer)


def listed(house: House) -> None:
    """Two reviews with a record each; the second is drawn."""
    for cycle in (LISTED, DRAWN):
        house.begin(CycleDetails(cycle, BASELINE.starts), PLANS)
        line = next(one for one in house.read(reviews) if one.cycle == cycle)
        house.write(add_record, line.id, RecordDetails("P-001", "2026-Q1"))
        house.write(write_review_rules, line.id, RULES, line.version)
    house.write(add_record, line.id, RecordDetails("P-002", "2026-Q1", began="no-plan"))
    house.write(draw_records, line.id, line.version + 1, as_listed(house, line.id))
    house.write(checklists.choose_pack, *BEDS)
    read_twice(house, TWICE)
    house.write(compare_readers, read_twice(house, TOGETHER))


def read_twice(house: House, cycle: str) -> str:
    """A review of one record, which two have read to the end; its id."""
    draft = house.begin(CycleDetails(cycle, BASELINE.starts), BEDS)
    line = next(one for one in house.read(reviews) if one.cycle == cycle)
    review = Reviewed(draft, line.id, catalogue.library()[BEDS])
    (record,) = review.lists(1, second=True)
    for reader in ("first", "second"):
        review.finds(record, {one.id: 4 for one in review.checklist.indicators}, reader)
    return review.review


def employed(house: House) -> tuple[str, str, str, str]:
    """A role, somebody who has it and was watched, a course and a session of it."""
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    member = house.write(add_member, StaffDetails("R-1", house.site, STARTED, roles=frozenset({role})))
    house.write(rate_competency, member, STAFF, "STF-02", Given("observer", NOW.date(), 2), None)
    course = house.write(add_course, STAFF, FIRST_TALKS)
    return role, member, course, house.write(add_session, SessionDetails(course, NOW.date()))


def rated_blind(house: House, cycle: str, done: tuple[str, ...]) -> str:
    """The id of an assessment that Ann and Bea rate on one machine; those in `done` have submitted."""
    draft = house.begin(CycleDetails(cycle, BASELINE.starts)).assessment
    for name in ("Ann", "Bea"):
        sheet = house.write(begin_rating, draft, "peer", name)
        house.write(rate, draft, "ORG-01", level(3), 0, sheet_id=sheet)
        if name in done:
            house.write(submit_sheet, draft, sheet)
    return draft


def planned(house: House) -> Plan:
    """One of each thing that a plan holds."""
    priority = house.write(priorities.choose_priority, house.assessment, "ORG-01", "Everything rests on it")
    house.write(actions.add_action, priority, WRITE_IT)
    house.write(actions.add_round, priority, TRY_IT)
    house.write(measures.write_value, house.write(measures.add_measure, priority, WAIT), Value(BASELINE.starts, 4))
    found: tuple[Plan, ...] = house.read(plan, house.assessment)
    return found[0]


OF_STAFF = (
    "matrix",
    "competency_ratings",
    "one_person",
    "rate_competency",
    "take_out_competency_rating",
    "mark_attendance",
    "trained",
)
ALL_STAFF = ("owner", "trainer")
"""Roles that see everybody on the roster; the others see their own, and here they have nobody."""

TOO_FEW: dict[str, type[ToolkitError]] = {
    "count_together": BadInput,
    "let_out_counts": BadInput,
    "start_review": NotRatableHere,
}
"""What a collaborative of one other site cannot do yet, and what none can."""

ONES_OWN: dict[str, type[ToolkitError]] = TOO_FEW | {
    "submit_sheet": NotAllowed,
    "take_back_sheet": BadInput,
    "discard_sheet": BadInput,
    "take_out_competency_rating": NotAllowed,
    "rename_oneself": NotAllowed,
}
"""The role is not enough: the sheets, the rating and the machine are Ann's."""


def attempt(engine: Engine, actor: Actor, name: str, arguments: tuple[Any, ...]) -> type[ToolkitError] | None:
    """How the use case refuses, or None; whatever it did is undone."""
    with database.writing(engine) as db:
        try:
            USE_CASES[name](db, actor, *arguments)
        except ToolkitError as refused:
            return type(refused)
        finally:
            db.rollback()
    return None


@pytest.mark.parametrize("role", ROLES)
def test_roles_may_do_what_the_table_says_and_nothing_else(full: Full, role: str) -> None:
    actor = joins(full.house.engine, full.house.actor.agency_id, role)
    before = everything(full.house.engine)
    for name, roles in RIGHTS.items():
        refusal = NotFound if name in OF_STAFF and role not in ALL_STAFF else ONES_OWN.get(name)
        expected = refusal if role in roles else NotAllowed
        assert attempt(full.house.engine, actor, name, full.calls[name]) is expected, name
    assert everything(full.house.engine) == before


def test_the_owner_may_do_everything(full: Full) -> None:
    assert set(full.calls) == set(RIGHTS)
    for name, arguments in full.calls.items():
        assert attempt(full.house.engine, full.house.actor, name, arguments) is TOO_FEW.get(name), name


TAKE_AN_ID = {
    name
    for name, function in USE_CASES.items()
    if any(p.endswith("_id") for p in inspect.signature(function).parameters)
}


def test_the_neighbor_does_not_find_what_is_not_hers(full: Full, neighbor: House) -> None:
    """Bea owns Hilltop. Every id of Riverbend's that she could know is nothing to her."""
    before = everything(full.house.engine)
    # What is shipped has no owner, and the id that a delivery takes is that of her own browser.
    harmless = {"choose_pack", "put_away_pack", "trials", "give_trial", "deliver"}
    harmless |= {"share", "may_share"}  # refused by what they return, so that the trail keeps it (test_sharing)
    for name in TAKE_AN_ID - harmless:
        assert attempt(full.house.engine, neighbor.actor, name, full.calls[name]) is NotFound, name
    assert everything(full.house.engine) == before


def test_the_neighbor_cannot_mix_her_own_ids_with_others(full: Full, neighbor: House) -> None:
    before = everything(full.house.engine)
    hers, program = neighbor, ("perinatal-program", "1.0")
    mixed: list[tuple[str, tuple[Any, ...], type[ToolkitError]]] = [
        ("start_assessment", (NOW, hers.site, full.house.cycle, *program), NotFound),
        ("start_assessment", (NOW, full.spare_site, hers.cycle, *program), NotFound),
        ("start_assessment", (NOW, hers.site, hers.cycle, "our-door", "1.0"), NotFound),
        ("choose_pack", (NOW, "our-door", "1.0"), NotFound),
        ("revise_evidence", (NOW, hers.assessment, full.evidence, POLICY, 1), Conflict),
        ("remove_evidence", (NOW, hers.assessment, full.evidence, 1), Conflict),
        ("remove_evidence_file", (NOW, hers.assessment, full.evidence, 1), Conflict),
        ("evidence_file", (full.evidence,), NotFound),
        ("cycle_comparison", (hers.assessment, full.submitted), NotFound),
        ("cycle_comparison", (full.submitted, hers.assessment), NotFound),
    ]
    for name, arguments, refusal in mixed:
        assert attempt(full.house.engine, hers.actor, name, arguments) is refusal, name
    assert everything(full.house.engine) == before


def test_the_neighbor_cannot_act_in_the_other_agency(full: Full, neighbor: House) -> None:
    for agency_id in (full.house.actor.agency_id, "no such agency", ""):
        stranger = Actor(neighbor.actor.person_id, agency_id)
        for name, arguments in full.calls.items():
            assert attempt(full.house.engine, stranger, name, arguments) is NotAllowed, name


def test_lists_hold_only_ones_own(full: Full, neighbor: House) -> None:
    theirs = {
        full.house.site,
        full.spare_site,
        full.house.cycle,
        full.spare_cycle,
        full.house.assessment,
        full.submitted,
    }
    for name in ("sites", "cycles", "assessments"):
        seen = neighbor.read(USE_CASES[name], archived=True)
        assert seen, name
        assert not {row.id for row in seen} & theirs
    assert "our-door" not in {entry.checklist.id for entry in neighbor.read(checklists.shelf)}
    entries = neighbor.read(USE_CASES["audit_trail"], most=1_000).entries
    assert entries
    assert {entry.person for entry in entries} == {"Ann Able", "Bea Bright"}
    assert not any(known in entry.thing_id for entry in entries for known in theirs)


def test_a_right_taken_away_ends_at_once(full: Full) -> None:
    cam = full.house.seen_by(joins(full.house.engine, full.house.actor.agency_id, "assessor"))
    cam.rate("ORG-03", 2)
    with database.writing(full.house.engine) as db:
        db.execute(MEMBERSHIPS.delete().where(MEMBERSHIPS.c.person_id == cam.actor.person_id))
    with pytest.raises(NotAllowed, match="Ask an administrator"):
        cam.rate("ORG-03", 3, shown=1)


def test_pages_reach_only_what_is_guarded() -> None:
    """A step imported by a page would act without being asked who acts."""
    root = Path(__file__).parents[2]
    files = [file for folder in ("pages", "server", "reports") for file in (root / folder).rglob("*.py")]
    imported: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assessments.use_cases"):
                imported |= {alias.name for alias in node.names}
    assert files
    assert not imported & (STEPS | {"rows_of", "ratings_of"})
