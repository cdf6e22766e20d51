"""Submitting freezes an assessment with its scores and receipt; reopening says why."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import delete
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput
from assessments.rules import blindness
from assessments.rules.ratings import State
from assessments.rules.receipt import Receipt, receipt
from assessments.rules.scoring import Figures, Score, score
from assessments.rules.settings import conditions
from assessments.store import audit, shelf
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Assessment, SummaryScore
from assessments.use_cases.assessments import say
from assessments.use_cases.clocks import put_clocked_into
from assessments.use_cases.publishing import publish
from assessments.use_cases.sheets import blind_sheets, place_of, ratings_of, ruled
from assessments.use_cases.typed import line, searched

NOTHING_RATED = "Nothing has been rated yet, so there is nothing to submit. Rate at least one indicator first."
STILL_RATING = (
    "The raters of this assessment have not all submitted their sheets, so there is nothing to agree on yet. At least "
    "two have to rate and submit."
)
WHOLE = ""
"""The domain id of the row for the whole checklist."""


@allowed
def submit(db: Session, actor: Actor, now: datetime, assessment_id: str) -> Receipt:
    """Writes the scores beside the assessment, with the receipt. What is unrated stays unrated and is counted so."""
    place = place_of(db, actor, assessment_id)
    row = place.assessment
    if row.status == "submitted":
        raise AlreadySubmitted("This assessment was submitted already. There is nothing more to do.")
    if row.archived_at:
        raise AlreadySubmitted("This assessment is archived. Take it out of the archive to submit it.")
    if place.is_rated_apart and not blindness.comparison_open(map(ruled, blind_sheets(db, row.agency_id, row.id))):
        raise BadInput(STILL_RATING)
    ratings = ratings_of(db, place)
    if all(rated.state is State.UNRATED for rated in ratings.values()):
        raise BadInput(NOTHING_RATED)
    agency = agency_of(db, actor)
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    found = score(place.checklist, ratings, held)
    printed = receipt(place.checklist, ratings, found)
    row.status, row.submitted_at, row.submitted_by = "submitted", now, actor.person_id
    row.conditions, row.ratings_hash, row.engine = " ".join(sorted(held)), printed.ratings_hash, printed.engine
    _write_scores(db, row, found)
    say(db, actor, now, "submit", row.id, "receipt", after=printed.short())
    row.audit_link = audit.newest_link(db, actor.agency_id)
    publish(db, actor, now)
    return printed


@allowed
def reopen(db: Session, actor: Actor, now: datetime, assessment_id: str, reason: str, keep_because: str = "") -> None:
    """Ratings can change again; the frozen scores go, and submitting writes new ones."""
    row = place_of(db, actor, assessment_id).assessment
    if row.status != "submitted":
        raise BadInput("Only a submitted assessment can be reopened, and this one is open.")
    reason = line(reason, "The reason to reopen it")
    searched(db, actor, now, reason, "The reason to reopen it", keep_because, row.id)
    db.execute(
        delete(SummaryScore).where(SummaryScore.agency_id == row.agency_id, SummaryScore.assessment_id == row.id)
    )
    row.status, row.submitted_at, row.submitted_by = "reopened", None, None
    row.conditions, row.ratings_hash, row.engine, row.audit_link = "", "", "", ""
    say(db, actor, now, "reopen", row.id, "reason", after=reason)
    publish(db, actor, now)
    if shelf.checklist_of(db, row).subject == "record":
        put_clocked_into(db, actor, now, row.id)


def _write_scores(db: Session, row: Assessment, found: Score) -> None:
    for domain_id, figures in ((WHOLE, found.whole), *found.domains.items()):
        db.add(summary(row, domain_id, figures))


def summary(row: Assessment, domain_id: str, figures: Figures) -> SummaryScore:
    (mean, low, high) = map(_parts, (figures.mean, figures.low, figures.high))
    return SummaryScore(
        agency_id=row.agency_id,
        assessment_id=row.id,
        domain_id=domain_id,
        mean_over=mean[0],
        mean_under=mean[1],
        low_over=low[0],
        low_under=low[1],
        high_over=high[0],
        high_under=high[1],
        total=figures.total,
        applicable=figures.applicable,
        rated=figures.rated,
        not_applicable=figures.not_applicable,
        cannot_judge=figures.cannot_judge,
        at_target=figures.at_target,
        caps=len(figures.caps),
        band=figures.band or "",
        shown_band=figures.shown_band or "",
    )


def _parts(value: Fraction | None) -> tuple[int | None, int | None]:
    return (None, None) if value is None else (value.numerator, value.denominator)
