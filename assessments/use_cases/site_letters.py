"""The letters that stand for a site where it is blinded: no other's there, and nobody's initials."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import count

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from assessments.rules.letters import are_free
from assessments.store.tables import Agency, CollaborativeMember, SharedAssessment, Site, SiteLetters, new_stamp
from assessments.store.walls import Asker, seen_by

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that they spell no word."""
FEWEST_LETTERS = 2
TRIES = 8
"""That letters may turn out to be taken before more of them are drawn."""


def redraw_letters(db: Session, agency_id: str, collaborative_id: str) -> None:
    """New ones for all sites of the agency, also where they stand already."""
    of = {"agency_id": agency_id, "collaborative_id": collaborative_id}
    names = _names(db, agency_id, collaborative_id)
    for site_id in db.execute(select(SiteLetters.site_id).filter_by(**of)).scalars().all():
        for tried in _drawn(names):
            with suppress(IntegrityError), db.begin_nested():
                db.execute(update(SiteLetters).filter_by(**of, site_id=site_id).values(letters=tried))
                break
        standing = update(SharedAssessment).filter_by(**of, site_id=site_id)
        db.execute(standing.values(letters=tried, stamp=new_stamp()))


def letters_of(db: Session, agency_id: str, collaborative_id: str, site_id: str) -> str:
    """ "" where none were drawn yet."""
    found = db.get(SiteLetters, (agency_id, collaborative_id, site_id))
    return found.letters if found else ""


def draw_letters(db: Session, agency_id: str, collaborative_id: str, site_id: str) -> str:
    """On the first call; they are kept."""
    of = {"agency_id": agency_id, "collaborative_id": collaborative_id, "site_id": site_id}
    if letters := letters_of(db, **of):
        return letters
    drawn = _drawn(_names(db, agency_id, collaborative_id))
    while not (letters := letters_of(db, **of)):
        with suppress(IntegrityError), db.begin_nested():  # another may have them
            db.add(SiteLetters(**of, letters=next(drawn)))
    return letters


def _names(db: Session, agency_id: str, collaborative_id: str) -> frozenset[str]:
    """That letters could be taken for: of all agencies there, of what they share by name, and of the agency's own sites
    whatever it shares. Asked for as the collaborative itself, which knows its members.
    """
    there = select(CollaborativeMember.member_id).where(CollaborativeMember.agency_id == collaborative_id)
    agencies = select(Agency.name).where(or_(col(Agency.id).in_(there), col(Agency.id) == collaborative_id))
    named = select(SharedAssessment.site_name).where(
        SharedAssessment.collaborative_id == collaborative_id, SharedAssessment.how == "named"
    )
    own = db.execute(select(Site.name).where(Site.agency_id == agency_id)).scalars().all()
    with seen_by(db, Asker(collaborative_id)):
        others = [*db.execute(agencies).scalars(), *db.execute(named.distinct()).scalars()]
    return frozenset((*own, *others))


def _drawn(names: Collection[str]) -> Iterator[str]:
    """One after the other, longer ones after some that are taken; none that one of the names could be read in."""
    for number in count():
        letters = "".join(secrets.choice(LETTERS) for _ in range(FEWEST_LETTERS + number // TRIES))
        if are_free(letters, names):
            yield letters
