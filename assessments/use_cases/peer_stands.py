"""Where the sites of an agency stand on each indicator, by their newest submitted assessments."""

from sqlalchemy import select
from sqlmodel import Session, col

from assessments.rules.peer_help import SiteStand
from assessments.rules.scoring import standings
from assessments.store.access import Actor
from assessments.store.tables import Assessment, Cycle, Site
from assessments.use_cases.sheets import place_of, ratings_of


def own_stands(db: Session, actor: Actor, of: tuple[str, str] | None = None) -> list[SiteStand]:
    """Of what has a level, in the order of the checklists; of one site and checklist only where it is asked for."""
    found = []
    for assessment, site in _newest(db, actor):
        if of and of != (assessment.site_id, assessment.checklist_id):
            continue
        place = place_of(db, actor, assessment.id)
        by_domain = standings(place.checklist, ratings_of(db, place), frozenset(assessment.conditions.split()))
        found += [
            SiteStand(site.id, site.name, assessment.checklist_id, row.indicator.id, row.rated.level, row.target)
            for rows in by_domain.values()
            for row in rows
            if row.rated.level is not None
        ]
    return found


def _newest(db: Session, actor: Actor) -> list[tuple[Assessment, Site]]:
    """The last submitted assessment of each site on each checklist."""
    submitted = (
        select(Assessment, Site)
        .join(Cycle, (col(Cycle.agency_id) == Assessment.agency_id) & (col(Cycle.id) == Assessment.cycle_id))
        .join(Site, (col(Site.agency_id) == Assessment.agency_id) & (col(Site.id) == Assessment.site_id))
        .where(
            col(Assessment.agency_id) == actor.agency_id,
            col(Assessment.status) == "submitted",
            col(Assessment.archived_at).is_(None),
            col(Site.archived_at).is_(None),
        )
        .order_by(Cycle.starts, Assessment.submitted_at)
    )
    latest = {(row.checklist_id, site.name, site.id): (row, site) for row, site in db.execute(submitted)}
    return [latest[key] for key in sorted(latest)]
