"""What was read in records of the same site and cycle, beside the program's own answers: as it was counted.

It stands beside the score of the program and is never averaged into it, as no two checklists of a site are.
"""

from dataclasses import dataclass

from sqlmodel import Session

from assessments.store.access import Actor, allowed
from assessments.use_cases.assessments import Listed, assessments
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.readers import FirstStands, first_stands


@dataclass(frozen=True)
class PlansBeside:
    """`counted` is None as long as nothing is."""

    listed: Listed
    counted: GapReport | None
    stands: FirstStands


@allowed
def plans_beside(db: Session, actor: Actor, assessment_id: str) -> tuple[PlansBeside, ...]:
    """One for each checklist that records of this site are read with in this cycle; none beside a count itself."""
    found = assessments(db, actor)
    here = next((one for one in found if one.id == assessment_id), None) or gap_report(db, actor, assessment_id).listed
    if here.counted:
        return ()
    place = (here.site_id, here.cycle_id)
    beside = [one for one in found if one.counted == "record" and (one.site_id, one.cycle_id) == place]
    return tuple(_beside(db, actor, one) for one in beside)


def _beside(db: Session, actor: Actor, one: Listed) -> PlansBeside:
    counted = gap_report(db, actor, one.id) if one.answered else None
    return PlansBeside(one, counted, first_stands(db, actor, one.id))
