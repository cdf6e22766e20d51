"""Quarterly counts of a collaborative: let out by its lead, and seen by everybody in it, all alike.

They are counts of people, so what is hidden is for `rules/releases.py` to say, and whatever shows or adds up something
takes it from `counts_together`. A measure of a quarter is a table of one column, since the measures count the same
people; each part has what it is a part of as its most. A site stands there under letters of its own
(`count_letters.py`), and only where enough agencies do that the letters do not name it; else it is in totals alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.cohorts import FEWEST_BLINDED
from assessments.rules.releases import Block, Counted, next_block, shown
from assessments.rules.state_counts import MEASURES, PARTS, Measure, StateCounts
from assessments.rules.suppression import TOTAL, Cell
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import CollaborativeMember, SharedCount, Site
from assessments.use_cases.collaboratives import led
from assessments.use_cases.count_releases import Table, blocks_of, keep
from assessments.use_cases.counts_given import counts_of
from assessments.use_cases.knowing import knowers
from assessments.use_cases.shared import require_in
from assessments.use_cases.told import say

THING = "collaborative"
NOTHING = (
    "Nothing of what waits may be shown yet: too few agencies have given theirs, or the counts are too small. It "
    "goes on waiting; let it out when more have given theirs."
)


class _Look(NamedTuple):
    """At one block, of so many sites; with `lines`, each site that is in it stands by itself."""

    measure: Measure
    sites: int
    table: Mapping[Cell, int | None]
    lines: bool


@dataclass(frozen=True)
class Waiting:
    """Sites that gave counts of a quarter of which something is not out yet."""

    quarter: str
    sites: int


class Shown(NamedTuple):
    """One count: None where it is hidden."""

    value: int | None


@dataclass(frozen=True)
class SiteRow:
    """`name` is "" but for a site of one's own. A measure that is missing was not given, or waits."""

    letters: str
    name: str
    counts: Mapping[Measure, Shown]


@dataclass(frozen=True)
class Sum:
    """Of those totals that are shown, over `sites`, where counts of `of` are out; None where no total is shown."""

    value: int | None
    sites: int
    of: int


@dataclass(frozen=True)
class QuarterTogether:
    """By the letters of the sites. What is `without_lines` is out for some sites that have no line with it."""

    quarter: str
    sites: tuple[SiteRow, ...]
    sums: Mapping[Measure, Sum]
    without_lines: tuple[Measure, ...]


@dataclass(frozen=True)
class CountsTogether:
    """The newest quarter first. Counts under `fewest` are hidden."""

    fewest: int
    quarters: tuple[QuarterTogether, ...]


@allowed
def counts_waiting(db: Session, actor: Actor) -> list[Waiting]:
    """In the collaborative that the actor leads; the newest quarter first."""
    fewest, out = led(db, actor).fewest, blocks_of(db, actor.agency_id)
    sites: dict[str, set[str]] = defaultdict(set)
    for table, counted in _waiting(db, actor.agency_id, out, fewest).items():
        sites[table[0]] |= counted.sites
    return [Waiting(quarter, len(sites[quarter])) for quarter in sorted(sites, reverse=True)]


@allowed
def let_out_counts(db: Session, actor: Actor, now: datetime) -> int:
    """How many counts are out from now on, hidden ones among them. What may not be shown goes on waiting; BadInput
    where that is all of it.
    """
    fewest, out = led(db, actor).fewest, blocks_of(db, actor.agency_id)
    waiting, made = _waiting(db, actor.agency_id, out, fewest), 0
    known_to = knowers(db, actor, {agency for counted in waiting.values() for agency in counted.agency_of.values()})
    for table, given in waiting.items():
        counted = replace(given, agency_of={site: known_to[agency] for site, agency in given.agency_of.items()})
        block = next_block(out[table], counted, fewest)
        if block and _shows(block, table[1]):
            keep(db, actor, now, table, block)
            made += len(counted.counts)
    if not made:
        raise BadInput(NOTHING)
    say(db, actor, now, audit.Change("let out counts", THING, actor.agency_id, after=f"{made} counts"))
    return made


@allowed
def counts_together(db: Session, actor: Actor, collaborative_id: str) -> CountsTogether:
    fewest = require_in(db, actor, collaborative_id).fewest
    given = _given(db, collaborative_id)
    looks: dict[str, list[_Look]] = defaultdict(list)
    for (quarter, measure), blocks in blocks_of(db, collaborative_id).items():
        sharing = {row.site_id for row in given if row.quarter == quarter}
        looks[quarter] += [_look(measure, one, sharing, fewest) for one in blocks]
    named: dict[str, str] = dict(db.execute(select(Site.id, Site.name).where(Site.agency_id == actor.agency_id)).all())
    quarters = [
        _together(quarter, found, [row for row in given if row.quarter == quarter], named)
        for quarter, found in sorted(looks.items(), reverse=True)
    ]
    return CountsTogether(fewest, tuple(one for one in quarters if one.sums))


def _given(db: Session, collaborative_id: str) -> Sequence[SharedCount]:
    return db.execute(select(SharedCount).filter_by(collaborative_id=collaborative_id)).scalars().all()


def _waiting(db: Session, collaborative_id: str, out: Mapping[Table, list[Block]], fewest: int) -> dict[Table, Counted]:
    """What is given and in no block yet."""
    guests = set(
        db.execute(select(CollaborativeMember.member_id).filter_by(agency_id=collaborative_id, guest=True)).scalars()
    )
    found: dict[Table, list[SharedCount]] = defaultdict(list)
    for row in _given(db, collaborative_id):
        hidden = (row.site_id, "identified") in _hidden(out.get((row.quarter, "identified"), ()))
        for measure in _can_be_let_out(counts_of(row), fewest):
            if hidden and measure in PARTS:
                continue
            table = (row.quarter, measure)
            if not any(row.site_id in block.counted.sites for block in out.get(table, ())):
                found[table].append(row)
    return {
        table: _counted(table[1], rows, {row.site_id: collaborative_id for row in rows if row.agency_id in guests})
        for table, rows in sorted(found.items())
    }


def _hidden(blocks: Iterable[Block]) -> frozenset[Cell]:
    """Also where the threshold was lowered since: then a part, or its total, would tell of a whole that is hidden."""
    return frozenset[Cell]().union(*(block.unseen for block in blocks))


def _can_be_let_out(counts: StateCounts, fewest: int) -> Iterator[Measure]:
    """A part only where its whole was counted, and is not small itself: a total that tells no more of a part than its
    whole does would tell it to who does not know the whole, since that is hidden.
    """
    for measure in counts.given:
        if measure not in PARTS or (counts.identified is not None and counts.identified >= fewest):
            yield measure


def _counted(measure: Measure, rows: Iterable[SharedCount], of_guests: Mapping[str, str]) -> Counted:
    counts, most, least = dict[Cell, int](), dict[Cell, int](), dict[Cell, int]()
    agency_of = {}
    for row in rows:
        cell, has = (row.site_id, measure), counts_of(row).given
        counts[cell], agency_of[row.site_id] = has[measure], of_guests.get(row.site_id, row.agency_id)
        if measure in PARTS:
            most[cell] = has["identified"]
        if measure == "identified":
            least[cell] = max(has.get(part, 0) for part in PARTS)
    return Counted(counts, agency_of, most, least)


def _look(measure: Measure, block: Block, sharing: Set[str], fewest: int) -> _Look:
    return _Look(measure, len(block.counted.sites), shown(block, sharing, fewest), _has_lines(block, sharing))


def _has_lines(block: Block, sharing: Set[str]) -> bool:
    """Of fewer agencies, each knows too well whose line the other one is."""
    known_to = block.counted.agency_of
    return len({known_to[site] for site in block.counted.sites & sharing}) >= FEWEST_BLINDED


def _shows(block: Block, measure: Measure) -> bool:
    """Else it is better to wait: a block is one for good."""
    return _has_lines(block, block.counted.sites) or (TOTAL, measure) not in block.unseen


def _together(
    quarter: str, looks: Sequence[_Look], given: Sequence[SharedCount], named: Mapping[str, str]
) -> QuarterTogether:
    without = {look.measure for look in looks if not look.lines and any(TOTAL not in cell for cell in look.table)}
    return QuarterTogether(
        quarter,
        _rows([look for look in looks if look.lines], given, named),
        _sums(looks),
        tuple(measure for measure in MEASURES if measure in without),
    )


def _rows(looks: Iterable[_Look], given: Iterable[SharedCount], named: Mapping[str, str]) -> tuple[SiteRow, ...]:
    seen: dict[str, dict[Measure, Shown]] = defaultdict(dict)
    for look in looks:
        for (site, part), value in look.table.items():
            if TOTAL not in (site, part):
                seen[site][look.measure] = Shown(value)
    rows = [SiteRow(row.letters, named.get(row.site_id, ""), seen[row.site_id]) for row in given if row.site_id in seen]
    return tuple(sorted(rows, key=lambda row: row.letters))


def _sums(looks: Sequence[_Look]) -> dict[Measure, Sum]:
    """A sum of totals that are shown tells no more than they do."""
    sums: dict[Measure, Sum] = {}
    for measure in MEASURES:
        mine = [look for look in looks if look.measure == measure]
        of = sum(TOTAL not in cell for look in mine for cell in look.table)
        totals = [(look.sites, total) for look in mine if (total := look.table.get((TOTAL, measure))) is not None]
        if of:
            sums[measure] = Sum(sum(total for _, total in totals) if totals else None, sum(n for n, _ in totals), of)
    return sums
