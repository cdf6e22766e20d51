"""A review at Riverbend whose records are drawn and read: rows straight into the tables, as many as a test needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert, select

from assessments.store import database
from assessments.store.tables import Review, Table
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.records import records
from assessments.use_cases.reviews import start_review
from standards import catalogue
from standards.model import Checklist
from tests.beginnings import begun
from tests.use_cases import cast
from tests.use_cases.cast import House

PLANS, RULE = ("posc-record", "1.0"), ("wyoming-rule", "1.0")
TABLES = Table.metadata.tables
Found = int | str
"""A level, "na" or "?"."""


@dataclass(frozen=True)
class Reviewed:
    """`house.assessment` is the one that reads with `checklist`."""

    house: House
    review: str
    checklist: Checklist

    def lists(self, count: int, drawn: int | None = None, **fields: Any) -> list[str]:
        """The ids, in the order of the list; the first `drawn` of them are drawn, all without a number."""
        start = len(self.ids())
        rows = [
            {**self._record(start + place, start + place if drawn is None or place < drawn else None), **fields}
            for place in range(count)
        ]
        self.put("record", rows)
        self.change(drawn_at=cast.NOW, seed="7", size=start + count, drawn_by=self.house.actor.person_id)
        return [row["id"] for row in rows]

    def finds(self, record: str, found: Mapping[str, Found], reader: str = "first") -> None:
        self.put("record_rating", [self._rating(record, name, value, reader) for name, value in found.items()])

    def finds_all(self, records: Iterable[str], **but: Found) -> None:
        """Everything met, but for what is named, as POC_01=0."""
        but = {name.replace("_", "-"): value for name, value in but.items()}
        everything = {one.id: but.get(one.id, self.highest(one.id)) for one in self.checklist.indicators}
        rows = [self._rating(record, *found, "first") for record in records for found in everything.items()]
        self.put("record_rating", rows)

    def highest(self, indicator: str) -> int:
        return self.checklist.ladder_of[indicator].values[-1]

    def clocked(self, record: str, clock: str, state: str, elapsed: int | None) -> None:
        row = {"record_id": record, "clock": clock, "state": state, "elapsed": elapsed}
        self.put("record_clock", [self._given() | row])

    def change(self, **fields: Any) -> None:
        with database.writing(self.house.engine) as db:
            row = db.get(Review, (self.house.actor.agency_id, self.review))
            for name, value in fields.items():
                setattr(row, name, value)

    def put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with database.writing(self.house.engine) as db:
            db.execute(insert(TABLES[table]), rows)

    def ids(self) -> list[str]:
        record = TABLES["record"].c
        with database.reading(self.house.engine) as db:
            found = db.execute(select(record.id).where(record.review_id == self.review).order_by(record.place))
            return list(found.scalars())

    def _record(self, place: int, turn: int | None) -> dict[str, Any]:
        code = f"P-{place + 1:03}"
        return {
            "agency_id": self.house.actor.agency_id,
            "id": f"{self.review[:12]}-{place:03}",
            "review_id": self.review,
            "place": place,
            "code": code,
            "code_key": code.casefold(),
            "quarter": f"2026-Q{place % 4 + 1}",
            "identified": "",
            "began": "",
            "turn": turn,
            "second": False,
            "put_aside": "",
            "version": 1,
        }

    def _rating(self, record: str, indicator: str, found: Found, reader: str) -> dict[str, Any]:
        state = {"na": "not-applicable", "?": "cannot-judge", "": "unrated"}.get(str(found), "level")
        return {
            **self._given(),
            "assessment_id": self.house.assessment,
            "reader": reader,
            "record_id": record,
            "indicator_id": indicator,
            "state": state,
            "level": found if state == "level" else None,
            "clocked": False,
            "version": 1,
        }

    def _given(self) -> dict[str, Any]:
        return {
            "agency_id": self.house.actor.agency_id,
            "given_at": cast.NOW,
            "given_by": self.house.actor.person_id,
        }


def as_listed(house: House, review: str) -> dict[str, int]:
    """The version of each record, as a page shows the list."""
    return {one.id: one.version for one in house.read(records, review)}


def reviewed(engine: Engine, key: tuple[str, str] = PLANS) -> Reviewed:
    """At Riverbend, in its baseline; nothing is listed yet."""
    return begun(engine, review_of, key)


def review_of(engine: Engine, key: tuple[str, str]) -> Reviewed:
    house = cast.riverbend(engine)
    if catalogue.library()[key].pack:
        house.write(choose_pack, *key)
    draft = house.write(start_review, house.site, house.cycle, [key])
    with database.reading(engine) as db:
        (review,) = db.execute(select(TABLES["review"].c.id).filter_by(agency_id=house.actor.agency_id)).scalars()
    return Reviewed(House(engine, house.actor, house.site, house.cycle, draft), review, catalogue.library()[key])
