"""Quarterly counts of a collaborative: let out by its lead, and seen by everybody in it, all alike.

They are counts of people, so what is hidden is for `rules/releases.py` to say, and whatever shows or adds up something
takes it from `counts_together`. A measure of a quarter is a table of one column, since the measures count the same
people; each part has what it is a part of as its most. A site stands there under letters of its own
(`count_letters.py`). Of fewer than three agencies nothing is let out, no sum either: that of one is its count, and of
two, either knows the other's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.cohorts import FEWEST_BLINDED
from assessments.rules.releases import Block, Counted, next_block, shown
from assessments.rules.state_counts import MEASURES, Measure
from assessments.rules.suppression import TOTAL, Cell
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import SharedCount, Site
from assessments.use_cases.collaboratives import led
from assessments.use_cases.count_releases import Table, blocks_of, keep
from assessments.use_cases.counts_waiting import given_to, kept_of, waits_of
from assessments.use_cases.knowing import knowers
from assessments.use_cases.shared import require_in
from assessments.use_cases.told import say

THING = "collaborative"
NOTHING = (
    f"Nothing of what waits may be shown yet: it is of fewer than {FEWEST_BLINDED} agencies, or the counts are too "
    "small. It goes on waiting; let it out when more have given theirs."
)


class _Look(NamedTuple):
    """At one block, of so many sites; with `lines`, each site that is in it stands by itself."""

    measure: Measure
    sites: int
    table: Mapping[Cell, int | None]
    lines: bool


@dataclass(frozen=True)
class Waiting:
    """Of a quarter, so many `sites` gave counts that are not out yet: of what is `ready` they can go out, what is
    `short` waits for more agencies, and what is `small` for counts among which it may be shown. `kept` never goes out
    as it stands, of so many sites each: what it is a part of was not counted, or is hidden itself.
    """

    quarter: str
    sites: int
    ready: tuple[Measure, ...] = ()
    short: tuple[Measure, ...] = ()
    small: tuple[Measure, ...] = ()
    kept: Mapping[Measure, int] = field(default_factory=dict)


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
    """In the collaborative that the actor leads, with what never goes out; the newest quarter first."""
    fewest, out = led(db, actor).fewest, blocks_of(db, actor.agency_id)
    kept, next_ones = kept_of(db, actor.agency_id, out), _next_ones(db, actor, out, fewest)
    found = [
        _waiting(quarter, {table[1]: one for table, one in next_ones.items() if table[0] == quarter}, kept)
        for quarter in {quarter for quarter, _ in [*next_ones, *kept]}
    ]
    return sorted(found, key=lambda one: one.quarter, reverse=True)


def _waiting(quarter: str, found: Mapping[Measure, "_Next"], kept: Mapping[Table, int]) -> Waiting:
    def those(stands: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in MEASURES if measure in found and found[measure].stands == stands)

    sites = frozenset[str]().union(*(one.counted.sites for one in found.values()))
    never = {measure: kept[quarter, measure] for measure in MEASURES if (quarter, measure) in kept}
    return Waiting(quarter, len(sites), those("ready"), those("short"), those("small"), never)


@allowed
def let_out_counts(db: Session, actor: Actor, now: datetime) -> int:
    """How many counts are out from now on, hidden ones among them. What may not be shown goes on waiting; BadInput
    where that is all of it.
    """
    fewest, out, made = led(db, actor).fewest, blocks_of(db, actor.agency_id), 0
    for table, one in _next_ones(db, actor, out, fewest).items():
        if one.block and one.stands == "ready":
            keep(db, actor, now, table, one.block)
            made += len(one.counted.counts)
    if not made:
        raise BadInput(NOTHING)
    say(db, actor, now, audit.Change("let out counts", THING, actor.agency_id, after=f"{made} counts"))
    return made


class _Next(NamedTuple):
    """What waits, and the block that it would be."""

    counted: Counted
    block: Block | None

    @property
    def stands(self) -> str:
        """Of too few agencies, whether they are small is not said: each would learn it of the others."""
        if not _enough(self.counted, self.counted.sites):
            return "short"
        return "ready" if self.block else "small"


def _next_ones(db: Session, actor: Actor, out: Mapping[Table, list[Block]], fewest: int) -> dict[Table, _Next]:
    waiting = waits_of(db, actor.agency_id, out, fewest)
    known_to = knowers(db, actor, {agency for given, _ in waiting.values() for agency in given.agency_of.values()})
    found = {}
    for table, (given, least) in waiting.items():
        counted = replace(given, agency_of={site: known_to[agency] for site, agency in given.agency_of.items()})
        found[table] = _Next(counted, next_block(out.get(table, ()), counted, least))
    return found


@allowed
def counts_together(db: Session, actor: Actor, collaborative_id: str) -> CountsTogether:
    fewest = require_in(db, actor, collaborative_id).fewest
    given = given_to(db, collaborative_id)
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


def _look(measure: Measure, block: Block, sharing: Set[str], fewest: int) -> _Look:
    """Earlier versions let out less than is enough: of that there is no total any more."""
    table = shown(block, sharing, fewest)
    if not _are_enough(block, block.counted.sites):
        table |= {cell: None for cell in table if cell[0] == TOTAL}
    return _Look(measure, len(block.counted.sites), table, _are_enough(block, sharing))


def _are_enough(block: Block, sharing: Set[str]) -> bool:
    """Of fewer agencies, each knows too well whose line the other one is, and what is left of the sum."""
    return _enough(block.counted, sharing)


def _enough(counted: Counted, sharing: Set[str]) -> bool:
    return len({counted.agency_of[site] for site in counted.sites & sharing}) >= FEWEST_BLINDED


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
