"""Who may do what: one table, read on every call; the rights themselves come from the database.

Every public function of the use cases is decorated with `allowed` and has its row here, under its own name. A function
without a row is an error when its module is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from assessments.errors import NotAllowed
from assessments.store import audit, walls
from assessments.store.tables import Agency, Table

P = ParamSpec("P")
R = TypeVar("R")

ROLES = {
    "owner": "Owner",
    "host-administrator": "Host administrator",
    "agency-administrator": "Agency administrator",
    "assessor": "Assessor",
    "trainer": "Trainer",
    "supervisor": "Supervisor",
    "staff-member": "Staff member",
    "collaborative-lead": "Collaborative lead",
    "auditor": "Auditor",
}

ADMINISTER = frozenset({"owner", "agency-administrator"})
LEAD = ADMINISTER | {"collaborative-lead"}
"""That role is held in a collaborative alone, which is an agency of its own."""
RATE = LEAD | {"assessor"}
READ = RATE | {"trainer", "supervisor"}
AUDIT = ADMINISTER | {"auditor"}
BELONG = READ | AUDIT | {"staff-member"}
TRAIN = ADMINISTER | {"trainer"}
KNOW_STAFF = frozenset({"owner", "trainer", "supervisor", "staff-member"})
"""Whom of the staff each of them sees, and who may rate whom, is in `rules/sight.py`."""

PARTS: dict[str, dict[str, frozenset[str]]] = {
    "Agencies": {
        "agency_settings": BELONG,
        "revise_agency": ADMINISTER,
        "archive_agency": ADMINISTER,
        "sites": BELONG,
        "add_site": ADMINISTER,
        "revise_site": ADMINISTER,
        "archive_site": ADMINISTER,
        "delete_site": ADMINISTER,
        "cycles": BELONG,
        "add_cycle": ADMINISTER,
        "revise_cycle": ADMINISTER,
        "archive_cycle": ADMINISTER,
        "delete_cycle": ADMINISTER,
    },
    "Checklists": {
        "shelf": BELONG,
        "choose_pack": ADMINISTER,
        "put_away_pack": ADMINISTER,
        "may_load": ADMINISTER,
        "load_checklist": ADMINISTER,
        "remove_checklist": ADMINISTER,
    },
    "Assessments": {
        "assessments": READ,
        "assessment_summary": READ,
        "start_assessment": RATE,
        "rename_assessment": RATE,
        "archive_assessment": RATE,
        "delete_assessment": ADMINISTER,
        "goes_with": READ,
        "write_cover": RATE,
        "submit": RATE,
        "reopen": RATE,
        "last_place": READ,
        "remember_place": READ,
    },
    "Ratings": {
        "sheet": READ,
        "rate": RATE,
        "rate_and_read": RATE,
        "write_note": RATE,
        "raters": READ,
        "blind_progress": READ,
        "begin_rating": RATE,
        "submit_sheet": RATE,
        "take_back_sheet": RATE,
        "discard_sheet": RATE,
        "comparison": READ,
        "notes_of_raters": READ,
        "agree": RATE,
        "agree_where_alike": RATE,
        "agree_on_the_lower": RATE,
        "heard": READ,
        "add_evidence": RATE,
        "revise_evidence": RATE,
        "remove_evidence": RATE,
        "remove_evidence_file": RATE,
        "evidence_file": READ,
    },
    "Practice": {
        "trials": READ,
        "give_trial": RATE,
        "take_out_trials": RATE,
    },
    "Reports": {
        "gap_report": READ,
        "cycle_comparison": READ,
    },
    "Improvement": {
        "weights": READ,
        "weigh": RATE,
        "priorities": READ,
        "choose_priority": RATE,
        "drop_priority": RATE,
        "moves": READ,
        "move_gap": RATE,
        "take_back_move": RATE,
        "targets": READ,
        "target_report": READ,
        "set_target": RATE,
        "take_out_target": RATE,
        "plan": READ,
        "due_actions": READ,
        "add_action": RATE,
        "revise_action": RATE,
        "add_round": RATE,
        "revise_round": RATE,
        "add_measure": RATE,
        "revise_measure": RATE,
        "write_value": RATE,
        "take_out_value": RATE,
        "proof_of_effect": READ,
    },
    "Staff": {
        "roster": KNOW_STAFF | ADMINISTER,
        "add_member": ADMINISTER,
        "revise_member": ADMINISTER,
        "delete_member": ADMINISTER,
        "keeps_roster": KNOW_STAFF | ADMINISTER,
        "export_names": KNOW_STAFF | ADMINISTER,  # of those whose names are theirs to see
        "persons": ADMINISTER,
        "tie_person": ADMINISTER,
        "preview_staff": ADMINISTER,
        "take_in_staff": ADMINISTER,
        "job_roles": KNOW_STAFF | ADMINISTER,
        "add_job_role": ADMINISTER,
        "add_usual_roles": ADMINISTER,
        "revise_job_role": ADMINISTER,
        "archive_job_role": ADMINISTER,
        "matrix": KNOW_STAFF,
        "competency_ratings": KNOW_STAFF,
        "ratable": KNOW_STAFF,
        "rate_competency": KNOW_STAFF,
        "take_out_competency_rating": KNOW_STAFF,
        "seen_staff": KNOW_STAFF | READ,
        "staff_due": BELONG,  # of those whose ratings they see
        "staff_shares": READ,
        "count_staff": RATE,
        "staff_beside": READ,
        "plans_beside": READ,
        "seen_members": KNOW_STAFF | ADMINISTER,
        "one_person": KNOW_STAFF,
    },
    "Training": {
        "courses": KNOW_STAFF | ADMINISTER,
        "keeps_courses": KNOW_STAFF | ADMINISTER,
        "add_course": TRAIN,
        "revise_course": TRAIN,
        "archive_course": TRAIN,
        "training_sessions": KNOW_STAFF | ADMINISTER,
        "add_session": TRAIN,
        "revise_session": TRAIN,
        "delete_session": TRAIN,
        "mark_attendance": frozenset({"owner", "trainer", "supervisor"}),  # of whom, the use case says
        "attenders": KNOW_STAFF | ADMINISTER,
        "trained": KNOW_STAFF,
        "training_plan": frozenset({"owner", "trainer"}),
        "learned": frozenset({"owner", "trainer"}),
    },
    "Reviews of records": {
        "reviews": READ,
        "start_review": RATE,
        "write_review_rules": RATE,
        "records": RATE,
        "add_record": RATE,
        "revise_record": RATE,
        "recoded": RATE,
        "remove_record": RATE,
        "preview_records": RATE,
        "take_in_records": RATE,
        "draw_records": RATE,
        "undo_draw": RATE,
        "undone_draws": READ,
        "put_record_aside": RATE,
        "set_clocks": RATE,
        "record_clocks": RATE,
        "record_ratings": RATE,
        "rate_record": RATE,
        "answer_no_plan": RATE,
        "agree_on": RATE,
        "preview_readings": RATE,
        "take_in_readings": RATE,
        "compare_readers": RATE,
        "readers_compared": READ,
        "first_stands": READ,
        "readers_differ": RATE,
        "two_readers": RATE,
        "mark_took_part": RATE,
        "team_marks": RATE,
        "review_results": READ,
        "unmet_cases": RATE,
        "reads_records": READ,
        "course_of_element": READ,
        "count_records": RATE,
    },
    "Team, partners, templates, counts": {
        "team": READ,
        "write_team_role": RATE,
        "partners": READ,
        "add_partner": RATE,
        "revise_partner": RATE,
        "archive_partner": RATE,
        "add_agreement": RATE,
        "revise_agreement": RATE,
        "archive_agreement": RATE,
        "lapsing_agreements": READ,
        "proposed_levels": READ,
        "open_for_proposals": READ,
        "take_over_level": RATE,
        "agency_text": READ,
        "write_agency_text": RATE,
        "quarter_counts": READ,
        "plans_due": READ,  # for those who read records and count
        "write_quarter_count": RATE,
    },
    "Who comes in": {
        "invite": ADMINISTER | {"collaborative-lead"},
        "withdraw_invitation": ADMINISTER | {"collaborative-lead"},
        "invitations": ADMINISTER | {"collaborative-lead"},
        "persons_here": ADMINISTER | {"collaborative-lead"},
        "end_access": ADMINISTER | {"collaborative-lead"},
        "roles_to_give": ADMINISTER | {"collaborative-lead"},
        "revise_roles": ADMINISTER | {"collaborative-lead"},
        "rename_oneself": BELONG,  # on one machine
        "leave_agency": BELONG,
    },
    "Together": {
        "collaboratives": BELONG,
        "collaborative_settings": LEAD,
        "revise_collaborative": LEAD,
        "members": LEAD,
        "open_codes": LEAD,
        "add_guest": LEAD,
        "keep_guest": LEAD,
        "invite_agency": LEAD,
        "remove_member": LEAD,
        "join_collaborative": ADMINISTER,
        "leave_collaborative": ADMINISTER,
        "sharings": READ,
        "may_share": READ,
        "share": ADMINISTER,
        "share_preview": READ,
        "waiting_together": LEAD,
        "count_together": LEAD,
        "peer_help": READ,
        "offer_help": ADMINISTER,
        "withdraw_offer": ADMINISTER,
        "peer_asks": READ,
        "ask_for_help": ADMINISTER,
        "withdraw_ask": ADMINISTER,
        "answer_ask": ADMINISTER,
        "withdraw_word": LEAD,
        "asks_to_pass": LEAD,
        "pass_on": LEAD,
        "counts_to_give": READ,
        "give_counts": ADMINISTER,
        "withdraw_counts": ADMINISTER,
        "counts_waiting": LEAD,
        "let_out_counts": LEAD,
        "counts_together": READ,
        "sites_beside": READ,
        "sites_together": LEAD,
        "crowd_beside": READ,
        "crowd_together": LEAD,
        "spread_of_sites": READ,
        "questions_together": LEAD,
    },
    "What leaves and what comes back": {
        "deliver": BELONG,  # and the right to what is in the file
        "is_waiting": BELONG,
        "preview": RATE,
        "take_in": RATE,
        "refuse_workbook": RATE,
    },
    "Audit": {
        "audit_trail": AUDIT,
        "verify_trail": AUDIT,
        "trail_filters": AUDIT,
        "traces": ADMINISTER,
        "purge_values": ADMINISTER,
    },
}
"""The table, part by part; docs/rights.md is made from it (`python -m assessments rights`)."""
RIGHTS = {name: roles for part in PARTS.values() for name, roles in part.items()}


@dataclass(frozen=True)
class Actor:
    """A person acting within one agency."""

    person_id: str
    agency_id: str


def allowed(use_case: Callable[Concatenate[Session, Actor, P], R]) -> Callable[Concatenate[Session, Actor, P], R]:
    """Refuses with NotAllowed unless the actor holds one of the use case's roles in the agency, now. What writes waits
    for its turn first, so that nothing it looked at, the roles included, changes before it is done.
    """
    roles = RIGHTS[use_case.__name__]

    @wraps(use_case)
    def checked(db: Session, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with walls.seen_by(db, walls.Asker(actor.agency_id, actor.person_id)):
            audit.take_turn(db, actor.agency_id)
            if not roles & roles_of(db, actor):
                raise NotAllowed(
                    "You do not have the right to do this here. Ask an administrator of your agency, or choose an "
                    "agency of yours."
                )
            return use_case(db, actor, *args, **kwargs)

    return checked


# Built once: with every save, building a statement takes longer than running it.
MEMBERSHIPS = Table.metadata.tables["membership"].c
HELD = select(MEMBERSHIPS.role).where(
    MEMBERSHIPS.person_id == bindparam("person_id"), MEMBERSHIPS.agency_id == bindparam("agency_id")
)
AGENCY = select(Agency).where(col(Agency.id) == bindparam("agency_id"))


def roles_of(db: Session, actor: Actor) -> set[str]:
    """The roles that the actor holds in the agency at this moment; none in an agency that does not exist."""
    return set(db.execute(HELD, vars(actor)).scalars())


def agency_of(db: Session, actor: Actor) -> Agency:
    return db.execute(AGENCY, {"agency_id": actor.agency_id}).scalar_one()
