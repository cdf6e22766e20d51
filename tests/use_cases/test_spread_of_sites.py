"""What the database counts of many sites is what the rules say of them one by one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import Engine, Float, cast, delete, insert, select, update
from sqlmodel import Session, col

from assessments.errors import NotFound
from assessments.rules.beside import newest, nobody
from assessments.rules.cohorts import seen, unseen
from assessments.rules.shared_sites import How, Period, SharedSite
from assessments.rules.side_by_side import side_by_side
from assessments.rules.spread_of_sites import DomainSpread, bins_of
from assessments.store import database
from assessments.store.tables import Cohort, CohortMember, SharedAssessment, SharedScore, Table, new_id, new_stamp
from assessments.use_cases.shared import Question, cohorts_of, shared_sites
from assessments.use_cases.spread_of_sites import Asked, Version, spread_of_sites, version_of_sites
from bench.collaborative_data import Filled, tables
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import NOW, PROGRAM, House

CHECKLIST = catalogue.library()[PROGRAM]
DOMAINS = tuple(domain.id for domain in CHECKLIST.domains)
YEARS = Period(date(2025, 7, 1), date(2026, 12, 31))
"""Two of the five cycles overlap it."""
TABLES = Table.metadata.tables
IN_ORDER = select(SharedAssessment).order_by(col(SharedAssessment.assessment_id))
"""So that what is drawn of a seed is the same in every store and run."""


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


@dataclass(frozen=True)
class Crowd:
    lead: House
    asked: Asked

    def drawn_anew(self, random: Random) -> None:
        """Other ways of sharing, weights, gaps and cohorts, some of which are too plain or not whole."""
        ways = random.choice(["named", "blinded", "aggregate", "blinded blinded named aggregate aggregate"]).split()
        with database.writing(self.lead.engine) as db:
            agencies = select(col(SharedAssessment.agency_id)).distinct().order_by(col(SharedAssessment.agency_id))
            for agency in db.execute(agencies).scalars().all():
                how = {"how": random.choice(ways)}
                person = {"guest": random.random() < 0.2, "weight": random.choice([1, 1, 1, random.randint(2, 60)])}
                db.execute(update(SharedScore).filter_by(agency_id=agency).values(**how))
                db.execute(update(SharedAssessment).filter_by(agency_id=agency).values(**how, **person))
            for row in db.execute(IN_ORDER).scalars().all():
                if random.random() < 0.2:  # shared in another way in one cycle
                    other = {"how": random.choice(["named", "blinded", "aggregate"])}
                    key = {"agency_id": row.agency_id, "assessment_id": row.assessment_id}
                    db.execute(update(SharedScore).filter_by(**key).values(**other))
                    row.how = other["how"]
            self._gaps(db, random)
            db.execute(delete(CohortMember))
            db.execute(delete(Cohort))
            self._cohorts(db, random)

    def _gaps(self, db: Session, random: Random) -> None:
        """What is incomplete has no mean; all of it is whole again before."""
        exact = cast(SharedScore.mean_over, Float) / SharedScore.mean_under
        db.execute(update(SharedScore).values(rated=SharedScore.applicable, mean=exact))
        ids = [one.assessment_id for one in db.execute(IN_ORDER).scalars()]
        for domain in DOMAINS:
            some = [one for one in ids if random.random() < random.choice([0.02, 0.5])]
            gaps = update(SharedScore).where(col(SharedScore.assessment_id).in_(some))
            db.execute(gaps.filter_by(domain_id=domain).values(rated=1, mean=None))
        found = db.execute(select(SharedScore).filter_by(mean=None).order_by(SharedScore.domain_id)).scalars().all()
        for row in db.execute(select(SharedAssessment)).scalars():
            row.incomplete = " ".join(one.domain_id for one in found if one.assessment_id == row.assessment_id)

    def _cohorts(self, db: Session, random: Random) -> None:
        shared = sorted(unseen(self.of_rules(db)), key=lambda one: one.submission)
        waiting = list({one.site: one for one in shared}.values())
        random.shuffle(waiting)
        while waiting:
            size = random.choice([3, 5, 20])
            some, waiting = waiting[:size], waiting[size:]
            key = {"agency_id": self.asked.collaborative_id, "cohort_id": new_id()}
            db.add(self._cohort(key["cohort_id"]))
            db.flush()
            db.add_all(CohortMember(**key, submission=one.submission, known_to=one.agency) for one in some)
            if random.random() < 0.1:
                db.add(CohortMember(**key, submission=new_id(), known_to=some[0].agency))

    def _cohort(self, name: str) -> Cohort:
        return Cohort(
            agency_id=self.asked.collaborative_id,
            id=name,
            checklist_id=CHECKLIST.id,
            edition_hash=CHECKLIST.hash,
            form=CHECKLIST.form,
            made_at=NOW,
            made_by=self.lead.actor.person_id,
        )

    def of_rules(self, db: Session) -> tuple[SharedSite, ...]:
        others = shared_sites(db, self.lead.actor, self.asked.collaborative_id, self.asked.question)
        return newest(self.asking, [replace(one, own=False) for one in others])

    @property
    def asking(self) -> SharedSite:
        question, period = self.asked.question, self.asked.period
        return nobody(CHECKLIST, question.edition, question.form, period, self.lead.actor.agency_id)

    def one_by_one(self) -> list[DomainSpread]:
        """By the rules for sites that stand beside one another."""
        with database.reading(self.lead.engine) as db:
            others = self.of_rules(db)
            cohorts = cohorts_of(db, self.asked.collaborative_id, self.asked.question)
        shown = seen(others)
        return [
            DomainSpread(row.domain, row.summary, row.counted, bins_of(means(shown, row.domain)))
            for row in side_by_side(self.asking, others, cohorts).domains
        ]

    def counted(self) -> list[DomainSpread]:
        found: list[DomainSpread] = self.lead.read(spread_of_sites, self.asked, DOMAINS)
        return found

    def version(self) -> Version:
        found: Version = self.lead.read(version_of_sites, self.asked)
        return found


def means(sites: Iterable[SharedSite], domain: str) -> Counter[Fraction]:
    stands = [site.domains[domain] for site in sites]
    return Counter(stand.mean for stand in stands if stand.complete and stand.mean is not None)


def asked(lead: House) -> Asked:
    return Asked(lead.actor.agency_id, Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form), YEARS)


@pytest.fixture
def crowd(lead: House) -> Crowd:
    """Fifty sites of ten agencies, rated in five years."""
    filled = Filled(lead.actor.agency_id, lead.actor.person_id, CHECKLIST, 50)
    with database.writing(lead.engine) as db:
        for name, rows in tables(filled):
            if name not in ("cohort", "cohort_member"):
                db.execute(insert(TABLES[name]), list(rows))
    return Crowd(lead, asked(lead))


def test_what_is_counted_is_what_the_rules_say_one_by_one(crowd: Crowd) -> None:
    told = []
    for seed in range(12):
        crowd.drawn_anew(Random(seed))
        counted = crowd.counted()
        assert counted == crowd.one_by_one()
        told += counted
    for figures in ([one.summary for one in told], [one.counted for one in told]):
        assert None in figures and any(figures)
    assert all(one.summary.sites == one.seen for one in told if one.summary)
    assert any(one.summary and one.counted for one in told)


def test_the_version_changes_with_whatever_changes(crowd: Crowd) -> None:
    before = crowd.version()
    assert before == crowd.version()
    assert before.sites == 100
    with database.writing(crowd.lead.engine) as db:
        row = db.execute(select(SharedAssessment).filter_by(first_day=date(2026, 1, 1))).scalars().first()
        assert row
        row.stamp = new_stamp()
    after = crowd.version()
    assert after.sites == before.sites
    assert after != before
    with database.writing(crowd.lead.engine) as db:
        crowd._cohorts(db, Random(1))
    assert crowd.version() != after


def test_a_published_row_has_a_stamp_of_its_own(engine: Engine, lead: House) -> None:
    house = together.agency(engine, "Hilltop", "Bea Bright")
    together.joins(lead, house)
    together.rated(house, 3)
    versions = []
    ways: tuple[How, ...] = ("named", "blinded", "named")
    for how in ways:
        together.shares(house, lead, how)
        versions.append(lead.read(version_of_sites, asked(lead)))
    assert [one.sites for one in versions] == [1, 1, 1]
    assert len({one.stamps for one in versions}) == 3


def test_who_is_not_in_it_is_told_nothing(engine: Engine, crowd: Crowd) -> None:
    stranger = together.agency(engine, "Riverside", "Cy Cole")
    for use_case, *further in ((spread_of_sites, DOMAINS), (version_of_sites,)):
        with pytest.raises(NotFound):
            stranger.read(use_case, crowd.asked, *further)
