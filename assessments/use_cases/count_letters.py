"""Under what the counts of a site stand in a collaborative: not under the letters under which its scores do, and in
another form, so that who works out whose counts these are does not learn whose scores those are.
"""

import secrets

from sqlalchemy import select
from sqlmodel import Session

from assessments.store.tables import SharedCount
from assessments.use_cases.site_letters import FEWEST_LETTERS, LETTERS, TRIES

DIGITS = "23456789"
"""Without those that look like letters. One of them ends it, as it ends no letters of scores."""


def draw_count_letters(db: Session, agency_id: str, collaborative_id: str, site_id: str) -> str:
    """Such as "KT4". The same in all quarters; others once all of the site's counts there were taken back."""
    given = select(SharedCount.letters).filter_by(collaborative_id=collaborative_id).limit(1)
    letters = db.execute(given.filter_by(agency_id=agency_id, site_id=site_id)).scalar() or ""
    drawn = 0
    while not letters:
        tried = "".join(secrets.choice(LETTERS) for _ in range(FEWEST_LETTERS + drawn // TRIES))
        tried += secrets.choice(DIGITS)
        drawn += 1
        if db.execute(given.filter_by(letters=tried)).first() is None:
            letters = tried
    return letters
