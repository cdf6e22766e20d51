"""More sites than can stand beside one another: how their means are spread by domain, counted in the database.

What comes out is the same for whoever looks, but for whether letters are shown to them; where a site of one's own
stands is put beside it afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, select, tuple_
from sqlmodel import Session, col

from assessments.rules.cohorts import FEWEST_BLINDED, FEWEST_UNKNOWN_BLINDED, MOST_OF_ALL
from assessments.rules.shared_sites import Period
from assessments.rules.spread_of_sites import (
    MANY,
    SEEN,
    DomainSpread,
    Part,
    Standing,
    bins_of,
    least_weight,
    summary_of,
)
from assessments.store.access import Actor, allowed
from assessments.store.tables import Cohort, CohortMember, SharedAssessment, SharedScore
from assessments.use_cases.knowing import agencies_known
from assessments.use_cases.shared import Question, require_in

LARGEST_UNDER = 10_000
"""More indicators than a domain has: a mean that went through a float comes back as the fraction that it was."""
KNOWN_TO = case(
    (col(SharedAssessment.guest), col(SharedAssessment.collaborative_id)), else_=col(SharedAssessment.agency_id)
)
IN_COHORT = and_(
    col(CohortMember.agency_id) == SharedAssessment.collaborative_id,
    col(CohortMember.submission) == SharedAssessment.submission,
)
IS_UNSEEN = col(SharedAssessment.how) == "aggregate"
LACKS = col(SharedAssessment.incomplete) != ""
ITS_SCORE = and_(
    col(SharedScore.agency_id) == SharedAssessment.agency_id,
    col(SharedScore.collaborative_id) == SharedAssessment.collaborative_id,
    col(SharedScore.assessment_id) == SharedAssessment.assessment_id,
)
KEY = (col(SharedAssessment.agency_id), col(SharedAssessment.assessment_id))
KEY_OF_SCORE = tuple_(col(SharedScore.agency_id), col(SharedScore.assessment_id))
PART: tuple[Any, ...] = (KNOWN_TO, col(SharedAssessment.incomplete))
Plain = Mapping[str, Collection[str]]
"""By domain, the cohorts that do not count in it."""
Tallies = dict[str, Counter[Fraction]]
"""By domain."""


class Version(NamedTuple):
    """So many sites are shared; the next two change with whatever changes of them or of what counts. `letters`: whether
    those under letters are seen by who asks.
    """

    sites: int
    stamps: int
    cohorts: int
    letters: bool


class Asked(NamedTuple):
    """Of one collaborative, with all that overlaps the period."""

    collaborative_id: str
    question: Question
    period: Period

    def of(self, table: Any) -> tuple[Any, ...]:
        return (
            table.collaborative_id == self.collaborative_id,
            table.edition_hash == self.question.edition,
            table.form == self.question.form,
            table.last_day >= self.period.first,
            table.first_day <= self.period.last,
        )

    def of_cohorts(self) -> tuple[Any, ...]:
        return (
            Cohort.agency_id == self.collaborative_id,
            Cohort.edition_hash == self.question.edition,
            Cohort.form == self.question.form,
        )


def version_of_sites(db: Session, actor: Actor, asked: Asked) -> Version:
    """What depends on nothing else can be kept as long as this stays. NotFound for who is not in it."""
    require_in(db, actor, asked.collaborative_id)
    size = select(func.count(), func.coalesce(func.sum(SharedAssessment.stamp), 0)).where(*asked.of(SharedAssessment))
    cohorts = select(func.count()).select_from(Cohort).where(*asked.of_cohorts())
    sites, stamps = db.execute(size).one()
    return Version(sites, stamps, db.execute(cohorts).scalar_one(), _enough_blinded(db, actor, asked))


class Sized(NamedTuple):
    sites: int
    weight: int

    def without(self, others: Iterable["Sized"]) -> "Sized":
        gone = list(others)
        return Sized(self.sites - sum(one.sites for one in gone), self.weight - sum(one.weight for one in gone))


class Counting(NamedTuple):
    """`ways` of sharing by which a site is seen; `seen` and `cohorts`: the standing of what is seen, and of the cohorts
    that are whole. `older` are those seen that stand for nothing, for there is a newer one of their site; None where
    there is none. `waiting` so many that are neither seen nor count.
    """

    ways: frozenset[str]
    older: Select[Any] | None
    seen: Standing
    cohorts: Standing
    waiting: int


@allowed
def spread_of_sites(db: Session, actor: Actor, asked: Asked, domains: Collection[str]) -> list[DomainSpread]:
    require_in(db, actor, asked.collaborative_id)
    counting = _counting(db, actor, asked)
    plain = {domain: counting.cohorts.too_plain(domain) for domain in domains}
    shown, counted = _tallies(db, asked, counting, plain)

    def spread(domain: str) -> DomainSpread:
        seen = summary_of(shown[domain]) if counting.seen.may_summarize(domain, ()) else None
        together = counting.cohorts.may_summarize(domain, plain[domain])
        return DomainSpread(domain, seen, summary_of(counted[domain]) if together else None, bins_of(shown[domain]))

    return [spread(domain) for domain in domains]


def _counting(db: Session, actor: Actor, asked: Asked) -> Counting:
    by_way = _by_way(db, asked)
    ways = frozenset({"named", "blinded"} if _enough_blinded(db, actor, asked) else {"named"})
    older = _older(asked, ways) if any(twice for how, (_, twice) in by_way.items() if how in ways) else None
    unseen = sum(sized.sites for how, (sized, _) in by_way.items() if how not in ways)
    cohorts = _cohorts(db, asked) if unseen else []
    waiting = unseen - sum(part.sites for part in cohorts)
    newest = [col(SharedAssessment.how).in_(ways)]
    if older is None:
        shown = [sized for how, (sized, _) in by_way.items() if how in ways]
        total = Sized(sum(one.sites for one in shown), sum(one.weight for one in shown))
    else:
        newest.append(tuple_(*KEY).not_in(older))
        total = Sized(*(number or 0 for number in db.execute(_sized(asked).where(*newest)).one()))
    return Counting(ways, older, Standing(_seen(db, asked, total, newest)), Standing(cohorts), waiting)


def _enough_blinded(db: Session, actor: Actor, asked: Asked) -> bool:
    known = agencies_known(db, actor, asked.collaborative_id)
    return _some_blinded(db, asked, FEWEST_BLINDED, ()) and _some_blinded(db, asked, FEWEST_UNKNOWN_BLINDED, known)


def _some_blinded(db: Session, asked: Asked, fewest: int, known: Collection[str]) -> bool:
    """So many agencies besides those known. Asked for one after the other: each is found at once, where all of them
    together are counted to the end.
    """
    found = [*known]
    while len(found) < len(known) + fewest:
        other = select(KNOWN_TO).where(*asked.of(SharedAssessment), col(SharedAssessment.how) == "blinded")
        agency = db.execute(other.where(KNOWN_TO.not_in(found)).limit(1)).scalar_one_or_none()
        if agency is None:
            return False
        found.append(agency)
    return True


def _seen(db: Session, asked: Asked, total: Sized, newest: Collection[Any]) -> list[Part]:
    """Agencies that could be the most in some domain, one by one; the many others, which are thousands, together."""
    lacking = _sized(asked, SharedAssessment.incomplete).where(*newest, LACKS)
    together = {incomplete: Sized(*row) for incomplete, *row in db.execute(lacking)}
    together[""] = total.without(together.values())
    least = least_weight((incomplete, sized.weight) for incomplete, sized in together.items())
    heavy = select(KNOWN_TO).where(*asked.of(SharedAssessment)).group_by(KNOWN_TO)
    heavy = heavy.having(func.sum(SharedAssessment.weight) > float(MOST_OF_ALL * least))
    agencies = db.execute(heavy).scalars().all()
    alone = _sized(asked, *PART).where(*newest, KNOWN_TO.in_(agencies))
    parts = [Part(SEEN, *row) for row in db.execute(alone)] if agencies else []
    for part in parts:
        together[part.incomplete] = together[part.incomplete].without([Sized(part.sites, part.weight)])
    return [*parts, *(Part(SEEN, MANY, incomplete, *sized) for incomplete, sized in together.items())]


def _cohorts(db: Session, asked: Asked) -> list[Part]:
    """Those that are whole. What is seen by now, or blinded, does not count in one."""
    by = (CohortMember.cohort_id, CohortMember.known_to)
    of_each = _sized(asked, *by).join(CohortMember, IN_COHORT).where(IS_UNSEEN)
    complete = {(cohort, agency): Sized(*row) for cohort, agency, *row in db.execute(of_each)}
    there: Counter[str] = Counter()
    for (cohort, _), sized in complete.items():
        there[cohort] += sized.sites
    lacking = _sized(asked, *by, SharedAssessment.incomplete).join(CohortMember, IN_COHORT).where(IS_UNSEEN, LACKS)
    parts = [Part(*row) for row in db.execute(lacking)]
    for part in parts:
        complete[part[:2]] = complete[part[:2]].without([Sized(part.sites, part.weight)])
    parts += [Part(*key, "", *sized) for key, sized in complete.items()]
    sizes = select(CohortMember.cohort_id, func.count()).join(
        Cohort, and_(col(Cohort.agency_id) == CohortMember.agency_id, col(Cohort.id) == CohortMember.cohort_id)
    )
    of_question = sizes.where(*asked.of_cohorts()).group_by(CohortMember.cohort_id)
    whole = {cohort for cohort, size in db.execute(of_question) if there[cohort] == size}
    return [part for part in parts if part.cohort in whole]


def _by_way(db: Session, asked: Asked) -> dict[str, tuple[Sized, bool]]:
    """By how they are shared; and whether some site is there with more than one assessment that is shared so."""
    by = (SharedAssessment.letters, SharedAssessment.how)
    times, weight = func.count().label("times"), func.sum(SharedAssessment.weight).label("weight")
    each = select(*by, times, weight).where(*asked.of(SharedAssessment)).group_by(*by).subquery()
    all_of_one = select(each.c.how, func.sum(each.c.times), func.sum(each.c.weight), func.max(each.c.times))
    rows = db.execute(all_of_one.group_by(each.c.how))
    return {how: (Sized(int(sites), int(weight)), most > 1) for how, sites, weight, most in rows}


def _sized(asked: Asked, *by: Any) -> Select[Any]:
    sized = select(*by, func.count(), func.sum(SharedAssessment.weight)).select_from(SharedAssessment)
    return sized.where(*asked.of(SharedAssessment)).group_by(*by)


def _older(asked: Asked, ways: Collection[str]) -> Select[Any]:
    """Than another of the same site that is shared the same way: of what is seen each counts once, with its newest."""
    order = (SharedAssessment.first_day, SharedAssessment.last_day, SharedAssessment.assessment_id)
    place = func.row_number().over(
        partition_by=(SharedAssessment.letters, SharedAssessment.how), order_by=[col(column).desc() for column in order]
    )
    seen = (*asked.of(SharedAssessment), col(SharedAssessment.how).in_(ways))
    placed = select(*KEY, place.label("place")).where(*seen).subquery()
    return select(placed.c.agency_id, placed.c.assessment_id).where(placed.c.place > 1)


def _waiting(asked: Asked, counting: Counting) -> Any:
    """What is neither seen nor in a cohort that is whole."""
    member = and_(IN_COHORT, col(CohortMember.cohort_id).in_(counting.cohorts.cohorts))
    waiting = select(*KEY).outerjoin(CohortMember, member).where(*asked.of(SharedAssessment))
    return waiting.where(col(SharedAssessment.how).not_in(counting.ways), col(CohortMember.cohort_id).is_(None))


def _tallies(db: Session, asked: Asked, counting: Counting, plain: Plain) -> tuple[Tallies, Tallies]:
    """Of what is seen, and of the cohorts: of all that there is, which an index alone tells, without the rest."""
    every = select(SharedScore.domain_id, SharedScore.mean, func.count()).where(
        *asked.of(SharedScore), col(SharedScore.mean).is_not(None)
    )
    seen, unseen = _of_each(db, every, counting.ways)
    if counting.older is not None:
        _take(seen, _tallied(db, every.where(KEY_OF_SCORE.in_(counting.older))))
    if counting.waiting:
        _take(unseen, _tallied(db, every.where(KEY_OF_SCORE.in_(_waiting(asked, counting)))))
    pairs = [(domain, cohort) for domain, cohorts in plain.items() for cohort in cohorts]
    if pairs:
        joined = every.join(SharedAssessment, ITS_SCORE).join(CohortMember, IN_COHORT)
        too_plain_there = tuple_(col(SharedScore.domain_id), col(CohortMember.cohort_id)).in_(pairs)
        _take(unseen, _tallied(db, joined.where(IS_UNSEEN, too_plain_there)))
    return seen, unseen


def _tallied(db: Session, tally: Select[Any]) -> Tallies:
    found: Tallies = defaultdict(Counter)
    for domain, mean, sites in db.execute(tally.group_by(SharedScore.domain_id, SharedScore.mean)):
        found[domain][_exact(mean)] += sites
    return found


def _of_each(db: Session, tally: Select[Any], ways: Collection[str]) -> tuple[Tallies, Tallies]:
    """What is seen, and what is not."""
    found: tuple[Tallies, Tallies] = (defaultdict(Counter), defaultdict(Counter))
    by = (SharedScore.domain_id, SharedScore.mean, SharedScore.how)
    for domain, mean, sites, how in db.execute(tally.add_columns(SharedScore.how).group_by(*by)):
        found[how not in ways][domain][_exact(mean)] += sites
    return found


@lru_cache(maxsize=4096)
def _exact(mean: float) -> Fraction:
    return Fraction(mean).limit_denominator(LARGEST_UNDER)


def _take(tallies: Tallies, away: Tallies) -> None:
    for domain, tally in away.items():
        tallies[domain] -= tally
