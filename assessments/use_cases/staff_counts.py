"""The site's view of its staff: of each competency, how many of those whose role needs it are at their target.

It is counted on a day and then stands on the assessment's sheet like any rating, so that gaps, plans, receipts and
comparison need to know nothing of staff, and its figures do not change with each person's rating.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.rules.competency import WATCHED, Standing
from assessments.rules.ratings import State
from assessments.rules.rolled_up import FEWEST, NOBODY_NEEDS_IT, Share, Shown, counted_of, share, told
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence, Site
from assessments.use_cases.job_roles import Key
from assessments.use_cases.matrix import matrix_of
from assessments.use_cases.ratings import open_assessment, put_answer, put_note
from assessments.use_cases.sheets import Answer, EvidenceDetails, Place, Row, rows_of
from assessments.use_cases.staffing import HERE, STAFF, today_of
from assessments.use_cases.told import say
from standards.model import EvidenceKind

AT_SITE = select(STAFF.id).where(*HERE, STAFF.site_id == bindparam("site_id"))
TOO_FEW = f"Fewer than {FEWEST} people here need it for their role, so no share is shown."
NONE_RATED = "Nobody whose role needs it is rated yet, so no share is shown."
TOO_FEW_RATED = f"Fewer than {FEWEST} of those whose role needs it are rated, so no share is shown."
PART_RATED = "Fewer than four in five of those whose role needs it are rated, so no share is shown."
WHY: Mapping[Shown, str] = {
    "too few": TOO_FEW,
    "none rated": NONE_RATED,
    "too few rated": TOO_FEW_RATED,
    "part rated": PART_RATED,
}


@allowed
def staff_shares(db: Session, actor: Actor, today: date, site_id: str, checklist: Key) -> dict[str, Share]:
    """By indicator, over the staff of one site on that day; small groups are hidden."""
    if db.get(Site, (actor.agency_id, site_id)) is None:
        raise NotFound("This site is not here any more. Choose another.")
    return {name: share(found) for name, found in _standings(db, actor, today, site_id, checklist).items()}


@allowed
def count_staff(db: Session, actor: Actor, now: datetime, assessment_id: str) -> int:
    """Puts today's count on the sheet; how many indicators have another answer than before."""
    place = open_assessment(db, actor, assessment_id)
    if counted_of(place.checklist) != "staff":
        raise BadInput("This assessment is not rated on staff, so there is no rating of staff to count.")
    today, before = today_of(db, actor, now), rows_of(db, place)
    found = _standings(db, actor, today, place.assessment.site_id, place.checklist.key)
    db.execute(delete(Evidence).filter_by(**place.record_key))
    changed = 0
    for name, standings in found.items():
        counted, row = share(standings), before.get(name, Row())
        after = put_answer(db, actor, now, place, name, _answer(counted), row.answer_version)
        put_note(db, actor, now, place, name, WHY.get(counted.shown, ""), row.note_version)
        changed += after.answer != row.answer
        if counted.shown == "shown":
            db.add(_evidence(actor, now, place, name, _details(counted, standings, today)))
    db.flush()
    change = audit.Change("count staff", "assessment", assessment_id, after=f"{changed} of {len(found)} changed")
    say(db, actor, now, change)
    return changed


def _standings(db: Session, actor: Actor, today: date, site_id: str, checklist: Key) -> Mapping[str, list[Standing]]:
    here = db.execute(AT_SITE, {"agency_id": actor.agency_id, "site_id": site_id, "day": today}).scalars()
    matrix = matrix_of(db, actor, today, checklist, list(here))
    return {one.id: list(matrix.of_indicator(one.id).values()) for one in matrix.checklist.indicators}


def _answer(counted: Share) -> Answer:
    match counted.shown:
        case "shown":
            return Answer(State.LEVEL, met=counted.at_target, of=counted.needed, out_of=counted.needed)
        case "nobody":
            return Answer(State.NOT_APPLICABLE, reason=NOBODY_NEEDS_IT)
    return Answer(State.CANNOT_JUDGE)


def _details(counted: Share, standings: Iterable[Standing], today: date) -> EvidenceDetails:
    return EvidenceDetails(_kind([one for one in standings if one.is_known]), told(counted), today)


def _kind(known: list[Standing]) -> EvidenceKind:
    """As strong as the weakest of what was counted."""
    seen = [one.record for one in known if one.record]
    if all(record.shown_in in WATCHED for record in seen):
        return "observation"
    if all(record.shown_in in WATCHED or record.kind == "knowledge-check" for record in seen):
        return "knowledge-check"
    return "supervision-note"


def _evidence(actor: Actor, now: datetime, place: Place, name: str, details: EvidenceDetails) -> Evidence:
    return Evidence(
        agency_id=actor.agency_id,
        sheet_id=place.record_id,
        subject_id=place.subject_id,
        indicator_id=name,
        added_at=now,
        added_by=actor.person_id,
        **vars(details),
    )
