"""Counts that were let out together (`rules/releases.py`), as they are kept."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlmodel import Session

from assessments.rules.releases import Block, Counted
from assessments.rules.state_counts import Measure
from assessments.rules.suppression import Cell
from assessments.store.access import Actor
from assessments.store.tables import Release, ReleasedCount

Table = tuple[str, Measure]
"""A measure of a quarter, which comes first."""


def keep(db: Session, actor: Actor, now: datetime, table: Table, block: Block) -> None:
    key = {"agency_id": actor.agency_id}
    made = {"made_at": now, "made_by": actor.person_id}
    row = Release(
        **key, measure=table[1], quarter=table[0], fewest=block.fewest, hidden=json.dumps(sorted(block.unseen)), **made
    )
    db.add(row)
    db.flush()
    counted = block.counted
    db.add_all(
        ReleasedCount(
            **key,
            release_id=row.id,
            site_id=cell[0],
            part=cell[1],
            known_to=counted.agency_of[cell[0]],
            count=count,
            least=counted.least.get(cell),
            most=counted.most.get(cell),
        )
        for cell, count in sorted(counted.counts.items())
    )


def blocks_of(db: Session, collaborative_id: str) -> defaultdict[Table, list[Block]]:
    """As they were let out, the oldest first."""
    mine = {"agency_id": collaborative_id}
    counts: dict[str, list[ReleasedCount]] = defaultdict(list)
    for one in db.execute(select(ReleasedCount).filter_by(**mine)).scalars():
        counts[one.release_id].append(one)
    found: defaultdict[Table, list[Block]] = defaultdict(list)
    for row in db.execute(select(Release).filter_by(**mine).order_by(Release.made_at, Release.id)).scalars():
        found[row.quarter, cast(Measure, row.measure)].append(_block(row, counts[row.id]))
    return found


def _block(row: Release, rows: Iterable[ReleasedCount]) -> Block:
    by_cell: dict[Cell, ReleasedCount] = {(one.site_id, one.part): one for one in rows}
    counted = Counted(
        {cell: one.count for cell, one in by_cell.items()},
        {one.site_id: one.known_to for one in by_cell.values()},
        {cell: one.most for cell, one in by_cell.items() if one.most is not None},
        {cell: one.least for cell, one in by_cell.items() if one.least is not None},
    )
    return Block(counted, frozenset((site, part) for site, part in json.loads(row.hidden)), row.fewest)
