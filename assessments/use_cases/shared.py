"""The one place where what several agencies share is read together.

What comes out stays on the server (`rules/shared_sites.py`): whoever shows something of it takes it from the rules.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, select
from sqlmodel import Session, col

from assessments.errors import NotFound
from assessments.rules.cohorts import Cohort, Counted
from assessments.rules.ratings import State
from assessments.rules.shared_sites import DomainStand, How, Period, SharedSite, Stand
from assessments.store import tables
from assessments.store.access import Actor
from assessments.store.tables import (
    Agency,
    CohortMember,
    Collaborative,
    CollaborativeMember,
    SharedAssessment,
    SharedScore,
    SharedStand,
    Site,
)
from assessments.use_cases.knowing import agencies_known
from assessments.use_cases.publishing import published, source_of
from assessments.use_cases.site_letters import letters_of

NOT_IN = "Your agency is not in this collaborative, or not any more. Choose another one."
Key = tuple[str, str]
"""Agency and assessment."""


class Question(NamedTuple):
    """What can be compared with itself: one edition, by its hash, in one form. Periods differ from site to site."""

    checklist: str
    edition: str
    form: str


def require_in(db: Session, actor: Actor, collaborative_id: str) -> Collaborative:
    """For a member, or the collaborative itself; NotFound for anybody else, whether it is there or not."""
    row = db.get(Collaborative, collaborative_id)
    if row and (collaborative_id == actor.agency_id or is_member(db, actor, collaborative_id)):
        return row
    raise NotFound(NOT_IN)


def is_member(db: Session, actor: Actor, collaborative_id: str) -> bool:
    mine = still_in(collaborative_id, actor.agency_id).with_only_columns(CollaborativeMember.joined_at)
    return db.execute(mine).first() is not None


def still_in(collaborative_id: str, member_id: str) -> Select[Any]:
    return select(CollaborativeMember).filter_by(agency_id=collaborative_id, member_id=member_id, left_at=None)


def shared_sites(db: Session, actor: Actor, collaborative_id: str, question: Question) -> list[SharedSite]:
    """All that is shared of it there, the actor's own included; of every period."""
    require_in(db, actor, collaborative_id)
    asked = (
        SharedAssessment.collaborative_id == collaborative_id,
        SharedAssessment.edition_hash == question.edition,
        SharedAssessment.form == question.form,
    )
    rows = db.execute(select(SharedAssessment).where(*asked)).scalars().all()
    scores: dict[Key, dict[str, DomainStand]] = defaultdict(dict)
    for score in db.execute(_of(SharedScore, asked)).scalars():
        scores[score.agency_id, score.assessment_id][score.domain_id] = domain_stand(score)
    stands: dict[Key, dict[str, Stand]] = defaultdict(dict)
    for agency, assessment, name, state, level in db.execute(_of(SharedStand, asked, *STAND)):
        stands[agency, assessment][name] = Stand(State(state), level)
    mine, known = _own_names(db, actor), agencies_known(db, actor, collaborative_id)
    keys = [(row.agency_id, row.assessment_id) for row in rows]
    sites = [_site(row, actor, known, scores[key], stands[key]) for row, key in zip(rows, keys, strict=True)]
    return [replace(site, name=mine.get(site.site, site.name)) for site in sites]


def bare_sites(db: Session, actor: Actor, collaborative_id: str, checklist_id: str) -> list[SharedSite]:
    """All that is shared of a checklist there, in whatever edition and form; without any figure."""
    require_in(db, actor, collaborative_id)
    of = {"collaborative_id": collaborative_id, "checklist_id": checklist_id}
    rows = db.execute(select(SharedAssessment).filter_by(**of)).scalars()
    known = agencies_known(db, actor, collaborative_id)
    return [_site(row, actor, known, {}, {}) for row in rows]


def own_site(
    db: Session, actor: Actor, now: datetime, assessment_id: str, collaborative_id: str, how: How | None = None
) -> SharedSite:
    """An assessment of the actor's agency as it would stand there, whatever is shared of it now. NotFound where it is
    not submitted.
    """
    source = source_of(db, actor, assessment_id)
    if source is None:
        raise NotFound("Only a submitted assessment can stand beside others. Submit it first, or choose another one.")
    letters = letters_of(db, actor.agency_id, collaborative_id, source.site.id)
    found = published(db, actor, now, source, collaborative_id, how or "named", letters)
    site = _site(
        found.shared,
        actor,
        agencies_known(db, actor, collaborative_id),
        {score.domain_id: domain_stand(score) for score in found.scores},
        {stand.indicator_id: Stand(State(stand.state), stand.level) for stand in found.stands},
    )
    return replace(site, how=how, name=_name(source.agency.name, source.site.name))


def cohorts_of(db: Session, collaborative_id: str, question: Question) -> list[Cohort]:
    asked = select(CohortMember.cohort_id, CohortMember.known_to, CohortMember.submission).join(
        tables.Cohort,
        (col(tables.Cohort.agency_id) == CohortMember.agency_id) & (col(tables.Cohort.id) == CohortMember.cohort_id),
    )
    mine = asked.where(
        CohortMember.agency_id == collaborative_id,
        tables.Cohort.edition_hash == question.edition,
        tables.Cohort.form == question.form,
    )
    found: dict[str, set[Counted]] = defaultdict(set)
    for cohort, known_to, submission in db.execute(mine):
        found[cohort].add(Counted(known_to, submission, site=submission))  # of each site there is one
    return [frozenset(members) for members in found.values()]


def domain_stand(score: SharedScore) -> DomainStand:
    return DomainStand(
        mean=_fraction(score.mean_over, score.mean_under),
        low=_fraction(score.low_over, score.low_under),
        high=_fraction(score.high_over, score.high_under),
        rated=score.rated,
        applicable=score.applicable,
        capped=score.capped,
    )


STAND = (
    SharedStand.agency_id,
    SharedStand.assessment_id,
    SharedStand.indicator_id,
    SharedStand.state,
    SharedStand.level,
)


def _of(table: Any, asked: Iterable[Any], *columns: Any) -> Any:
    """The lines of what is asked."""
    joined = (
        (col(SharedAssessment.agency_id) == table.agency_id)
        & (col(SharedAssessment.collaborative_id) == table.collaborative_id)
        & (col(SharedAssessment.assessment_id) == table.assessment_id)
    )
    return select(*(columns or (table,))).join_from(table, SharedAssessment, joined).where(*asked)


def _site(
    row: SharedAssessment,
    actor: Actor,
    known: Collection[str],
    domains: Mapping[str, DomainStand],
    indicators: Mapping[str, Stand],
) -> SharedSite:
    """A guest's is known to the collaborative, whose lead keeps it."""
    knows = row.collaborative_id if row.guest else row.agency_id
    return SharedSite(
        site=_key(row.agency_id, row.site_id),
        submission=row.submission,
        agency=knows,
        name=_name(row.agency_name, row.site_name) if row.agency_name else "",
        letter=row.letters,
        how=cast(How, row.how),
        own=actor.agency_id in (row.agency_id, knows),
        edition=row.edition_hash,
        form=row.form,
        period=Period(row.first_day, row.last_day),
        domains=domains,
        indicators=indicators,
        weight=row.weight,
        known=knows in known,
    )


def _own_names(db: Session, actor: Actor) -> dict[str, str]:
    """By `SharedSite.site`: each agency sees its own sites named."""
    mine = select(Site.id, Site.name, Agency.name).join(Agency, col(Agency.id) == Site.agency_id)
    rows = db.execute(mine.where(Site.agency_id == actor.agency_id))
    return {_key(actor.agency_id, site): _name(agency, name) for site, name, agency in rows}


def _key(agency_id: str, site_id: str) -> str:
    return f"{agency_id}/{site_id}"


def _name(agency: str, site: str) -> str:
    return f"{agency} · {site}"


def _fraction(over: int | None, under: int | None) -> Fraction | None:
    return None if over is None or under is None else Fraction(over, under)
