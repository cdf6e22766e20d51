"""What is given of quarterly counts and may be let out next, and under which minimum."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from assessments.rules.releases import Block, Counted
from assessments.rules.state_counts import PARTS, Measure, StateCounts
from assessments.rules.suppression import Cell
from assessments.store.tables import CollaborativeMember, SharedCount
from assessments.use_cases.count_releases import Table
from assessments.use_cases.counts_given import counts_of


class Waits(NamedTuple):
    """With the least that may be shown of it."""

    counted: Counted
    fewest: int


def given_to(db: Session, collaborative_id: str) -> Sequence[SharedCount]:
    return db.execute(select(SharedCount).filter_by(collaborative_id=collaborative_id)).scalars().all()


def waits_of(db: Session, collaborative_id: str, out: Mapping[Table, list[Block]], fewest: int) -> dict[Table, Waits]:
    """What is given and in no block yet. Of a quarter all under one minimum, for its measures count the same people:
    the highest of what holds now and what held when any of it was given.
    """
    guests = set(
        db.execute(select(CollaborativeMember.member_id).filter_by(agency_id=collaborative_id, guest=True)).scalars()
    )
    given, least = given_to(db, collaborative_id), defaultdict[str, int](lambda: fewest)
    for row in given:
        if any(_in_no_block(row, out, fewest)):
            least[row.quarter] = max(least[row.quarter], row.fewest)
    found: dict[Table, list[SharedCount]] = defaultdict(list)
    for row in given:
        for measure in _in_no_block(row, out, least[row.quarter]):
            found[row.quarter, measure].append(row)
    of_guests = {row.site_id: collaborative_id for row in given if row.agency_id in guests}
    return {table: Waits(_counted(table[1], rows, of_guests), least[table[0]]) for table, rows in sorted(found.items())}


def kept_of(db: Session, collaborative_id: str, out: Mapping[Table, list[Block]]) -> Counter[Table]:
    """Of so many sites each, parts that are given, are not out, and do not go out: what they are a part of was not
    counted, or is out and hidden. While that still waits, nothing is said of it.
    """
    found: Counter[Table] = Counter()
    for row in given_to(db, collaborative_id):
        counts, whole = counts_of(row), out.get((row.quarter, "identified"), [])
        hidden, is_out = (row.site_id, "identified") in _hidden(whole), _has(whole, row.site_id)
        for measure in PARTS:
            if measure in counts.given and not _has(out.get((row.quarter, measure), ()), row.site_id):
                found[row.quarter, measure] += counts.identified is None or (is_out and hidden)
    return +found


def _has(blocks: Iterable[Block], site_id: str) -> bool:
    return any(site_id in block.counted.sites for block in blocks)


def _in_no_block(row: SharedCount, out: Mapping[Table, list[Block]], fewest: int) -> Iterator[Measure]:
    hidden = (row.site_id, "identified") in _hidden(out.get((row.quarter, "identified"), ()))
    for measure in _can_be_let_out(counts_of(row), fewest):
        blocks = out.get((row.quarter, measure), ())
        if not (hidden and measure in PARTS) and not _has(blocks, row.site_id):
            yield measure


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
