"""What an agency shares, written where its collaboratives read it: copied on submission, gone when it is withdrawn.

Nothing of one agency is read for another but these rows, in `shared.py`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, select
from sqlmodel import Session, col

from assessments.rules.ratings import UNRATED, Ratings
from assessments.rules.rolled_up import counted_of
from assessments.rules.shared_sites import DomainStand, Period
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.tables import (
    Agency,
    Assessment,
    CollaborativeMember,
    Cycle,
    PeerAsk,
    PeerOffer,
    Share,
    SharedAssessment,
    SharedCount,
    SharedScore,
    SharedStand,
    Site,
    SiteLetters,
    SummaryScore,
)
from assessments.use_cases.sheets import place_of, ratings_of
from assessments.use_cases.site_letters import draw_letters
from standards.model import Checklist

ENDLESS = date.max
"""The last day of a cycle that has none yet."""


class Source(NamedTuple):
    """Of one agency, all of it."""

    assessment: Assessment
    cycle: Cycle
    site: Site
    agency: Agency


@dataclass(frozen=True)
class Published:
    """One assessment as others see it; whether written is for the caller to say."""

    shared: SharedAssessment
    scores: tuple[SharedScore, ...]
    stands: tuple[SharedStand, ...]


FIGURES = (
    "domain_id",
    *(f"{figure}_{part}" for figure in ("mean", "low", "high") for part in ("over", "under")),
    "rated",
    "applicable",
    "capped",
)
SOURCE = (
    select(Assessment, Cycle, Site, Agency)
    .join(Cycle, (col(Cycle.agency_id) == Assessment.agency_id) & (col(Cycle.id) == Assessment.cycle_id))
    .join(Site, (col(Site.agency_id) == Assessment.agency_id) & (col(Site.id) == Assessment.site_id))
    .join(Agency, col(Agency.id) == Assessment.agency_id)
    .where(col(Assessment.status) == "submitted", col(Assessment.archived_at).is_(None))
)
"""What can be shared."""
SHOWN = SOURCE.where(
    col(Cycle.archived_at).is_(None), col(Site.archived_at).is_(None), col(Agency.archived_at).is_(None)
)
"""What of it is shown where it is shared: what is archived is not, while it is."""


def publish(db: Session, actor: Actor, now: datetime) -> None:
    """Makes what the agency's collaboratives read the same as what it shares now, but for what cannot be read. To be
    called by whatever submits, opens, archives or deletes an assessment, shares or withdraws, archives what it is of,
    or changes a name or a period that is shared.
    """
    db.flush()
    shared = _shared_now(db, actor.agency_id)
    unpublish(db, agency_id=actor.agency_id)
    for source, share, member in shared:
        if not shelf.is_readable(db, source.assessment):
            continue
        letters = draw_letters(db, actor.agency_id, share.collaborative_id, source.site.id)
        found = published(db, actor, now, source, share.collaborative_id, share.how, letters, member.guest)
        db.add(found.shared)
        db.flush()
        db.add_all((*found.scores, *found.stands))
    db.flush()


def unpublish(db: Session, **of: str) -> None:
    """What was published with this `agency_id`, `assessment_id`, `collaborative_id`."""
    for table in (SharedStand, SharedScore, SharedAssessment):
        db.execute(delete(table).filter_by(**of))


def unpublish_member(db: Session, collaborative_id: str, member_id: str) -> None:
    """All that it shares there, and that it does: back again, it starts with nothing shared and under other letters."""
    of = {"collaborative_id": collaborative_id, "agency_id": member_id}
    unpublish(db, **of)
    for side in (PeerAsk.asked_by_agency, PeerAsk.offered_by_agency):
        db.execute(delete(PeerAsk).where(col(PeerAsk.agency_id) == collaborative_id, col(side) == member_id))
    for table in (Share, SharedCount, PeerOffer, SiteLetters):
        db.execute(delete(table).filter_by(**of))


def source_of(db: Session, actor: Actor, assessment_id: str) -> Source | None:
    """None where it is not submitted, or not there."""
    mine = SOURCE.where(col(Assessment.agency_id) == actor.agency_id, col(Assessment.id) == assessment_id)
    found = db.execute(mine).one_or_none()
    return Source(*found) if found else None


def published(
    db: Session,
    actor: Actor,
    now: datetime,
    source: Source,
    collaborative_id: str,
    how: str,
    letters: str,
    guest: bool = False,
) -> Published:
    """As it is shared, or would be."""
    row, cycle, site, agency = source
    place = place_of(db, actor, row.id)
    ratings, named = ratings_of(db, place), how == "named"
    period = Period(cycle.starts, cycle.ends or ENDLESS)
    period = period if named else period.in_quarters()
    shared = SharedAssessment(
        agency_id=row.agency_id,
        collaborative_id=collaborative_id,
        assessment_id=row.id,
        site_id=row.site_id,
        cycle_id=row.cycle_id,
        checklist_id=row.checklist_id,
        edition=row.edition,
        edition_hash=row.edition_hash,
        form=place.checklist.form,
        first_day=period.first,
        last_day=period.last,
        submission="",
        how=how,
        guest=guest,
        site_name=site.name if named else "",
        agency_name=agency.name if named else "",
        letters=letters,
        weight=_weight(place.checklist, ratings),
        shared_at=now,
    )
    scores, stands = tuple(_scores(db, shared)), tuple(_stands(place.checklist, ratings, shared))
    shared.incomplete = " ".join(score.domain_id for score in scores if score.mean is None)
    shared.submission = f"{row.id}.{_figures(shared.weight, scores, stands)}"
    return Published(shared, scores, stands)


def _shared_now(db: Session, agency_id: str) -> list[tuple[Source, Share, CollaborativeMember]]:
    """Until that is written nobody takes the agency out there. So it is asked before anything is deleted, which who
    takes it out does too.
    """
    mine: Select[Any] = (
        SHOWN.join(
            Share,
            (col(Share.agency_id) == Assessment.agency_id)
            & (col(Share.checklist_id) == Assessment.checklist_id)
            & (col(Share.cycle_id) == Assessment.cycle_id),
        )
        .join(
            CollaborativeMember,
            (col(CollaborativeMember.agency_id) == Share.collaborative_id)
            & (col(CollaborativeMember.member_id) == Share.agency_id),
        )
        .where(col(Assessment.agency_id) == agency_id, col(CollaborativeMember.left_at).is_(None))
        .add_columns(Share, CollaborativeMember)
        .with_for_update(read=True, of=CollaborativeMember)
    )
    return [(Source(*found[:4]), found[4], found[5]) for found in db.execute(mine)]


def _weight(checklist: Checklist, ratings: Ratings) -> int:
    """The number of staff, where levels count staff: a median must not be that of one large team."""
    return max((rated.of or 1 for rated in ratings.values()), default=1) if counted_of(checklist) == "staff" else 1


def _scores(db: Session, shared: SharedAssessment) -> Iterator[SharedScore]:
    of = {"agency_id": shared.agency_id, "assessment_id": shared.assessment_id}
    for row in db.execute(select(SummaryScore).filter_by(**of).where(SummaryScore.domain_id != "")).scalars():
        complete = DomainStand(None, None, None, row.rated, row.applicable).complete
        yield SharedScore(
            **of,
            collaborative_id=shared.collaborative_id,
            domain_id=row.domain_id,
            edition_hash=shared.edition_hash,
            form=shared.form,
            first_day=shared.first_day,
            last_day=shared.last_day,
            how=shared.how,
            mean_over=row.mean_over,
            mean_under=row.mean_under,
            low_over=row.low_over,
            low_under=row.low_under,
            high_over=row.high_over,
            high_under=row.high_under,
            rated=row.rated,
            applicable=row.applicable,
            capped=row.caps > 0,
            mean=row.mean_over / row.mean_under if complete and row.mean_over is not None else None,
        )


def _figures(weight: int, scores: Iterable[SharedScore], stands: Iterable[SharedStand]) -> str:
    """The same for the same figures: submitted again unchanged, a site still counts in its cohort."""
    rows = [[getattr(score, name) for name in FIGURES] for score in sorted(scores, key=lambda one: one.domain_id)]
    levels = sorted([stand.indicator_id, stand.state, stand.level] for stand in stands)
    return hashlib.sha256(json.dumps([weight, rows, levels]).encode()).hexdigest()[:16]


def _stands(checklist: Checklist, ratings: Ratings, shared: SharedAssessment) -> Iterator[SharedStand]:
    """Of all that is scored, rated or not."""
    for indicator in checklist.indicators:
        if indicator.scored:
            rated = ratings.get(indicator.id, UNRATED)
            yield SharedStand(
                agency_id=shared.agency_id,
                collaborative_id=shared.collaborative_id,
                assessment_id=shared.assessment_id,
                indicator_id=indicator.id,
                state=rated.state.value,
                level=rated.level,
            )
