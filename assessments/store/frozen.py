"""What was frozen when an assessment was submitted, as it stands in the database now."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from assessments.rules.receipt import Receipt
from assessments.store.tables import (
    Agency,
    Assessment,
    AuditEntry,
    AuditValue,
    Evidence,
    EvidenceFile,
    Sheet,
    SummaryScore,
)

WHOLE = ""


def agencies(db: Session) -> list[Agency]:
    return list(db.execute(select(Agency).order_by(Agency.name_key)).scalars())


def submitted(db: Session, agency_id: str) -> list[Assessment]:
    wanted = select(Assessment).where(Assessment.agency_id == agency_id, Assessment.status == "submitted")
    return list(db.execute(wanted.order_by(Assessment.id)).scalars())


def scores(db: Session, row: Assessment) -> dict[str, SummaryScore]:
    """By domain; the whole under an empty id."""
    wanted = select(SummaryScore).where(SummaryScore.agency_id == row.agency_id, SummaryScore.assessment_id == row.id)
    return {score.domain_id: score for score in db.execute(wanted).scalars()}


def stray_scores(db: Session, agency_id: str) -> list[str]:
    """Ids of assessments that are not submitted and have scores all the same."""
    wanted = (
        select(SummaryScore.assessment_id)
        .join(
            Assessment, (Assessment.agency_id == SummaryScore.agency_id) & (Assessment.id == SummaryScore.assessment_id)
        )
        .where(SummaryScore.agency_id == agency_id, Assessment.status != "submitted")
    )
    return sorted(set(db.execute(wanted).scalars()))


def receipt_of(row: Assessment, whole: SummaryScore) -> Receipt:
    mean = "" if whole.mean_over is None or not whole.mean_under else str(Fraction(whole.mean_over, whole.mean_under))
    return Receipt(
        checklist=row.checklist_id,
        edition=row.edition,
        edition_hash=row.edition_hash,
        ratings_hash=row.ratings_hash,
        engine=row.engine,
        mean=mean,
        shown_band=whole.shown_band,
        rated=whole.rated,
        applicable=whole.applicable,
        caps=whole.caps,
    )


def printed(db: Session, row: Assessment) -> str:
    """The receipt as it was recorded in the trail; empty where it was purged or is not there."""
    wanted = (
        select(AuditValue.after)
        .join(AuditEntry, (AuditEntry.agency_id == AuditValue.agency_id) & (AuditEntry.seq == AuditValue.seq))
        .where(AuditEntry.agency_id == row.agency_id, AuditEntry.act == "submit", AuditEntry.thing_id == row.id)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return db.execute(wanted).scalar_one_or_none() or ""


def files_of(db: Session, agency_id: str) -> list[tuple[EvidenceFile, str, str]]:
    """Each file of evidence with the id of its assessment and of its indicator."""
    wanted = (
        select(EvidenceFile, Sheet.assessment_id, Evidence.indicator_id)
        .join(Evidence, (Evidence.agency_id == EvidenceFile.agency_id) & (Evidence.id == EvidenceFile.evidence_id))
        .join(Sheet, (Sheet.agency_id == Evidence.agency_id) & (Sheet.id == Evidence.sheet_id))
        .where(EvidenceFile.agency_id == agency_id)
        .order_by(Sheet.assessment_id, Evidence.indicator_id)
    )
    return [(row, assessment_id, indicator_id) for row, assessment_id, indicator_id in db.execute(wanted)]


def entries(db: Session) -> int:
    return db.execute(select(func.count()).select_from(AuditEntry)).scalar_one()


def newest_entry(db: Session) -> datetime | None:
    """When anybody's trail was written last."""
    return db.execute(select(AuditEntry.at).order_by(AuditEntry.at.desc()).limit(1)).scalar_one_or_none()


def has_link(db: Session, row: Assessment) -> bool:
    """Whether the whole link on its receipt is one of its agency's chain."""
    return _any(db, AuditEntry.agency_id == row.agency_id, AuditEntry.link == row.audit_link)


def has_link_like(db: Session, begins: str) -> bool:
    """Whether anybody's chain has a link that begins so."""
    return _any(db, col(AuditEntry.link).startswith(begins, autoescape=True))


def _any(db: Session, *where: ColumnElement[bool] | bool) -> bool:
    return bool(db.execute(select(func.count()).select_from(AuditEntry).where(*where)).scalar_one())
