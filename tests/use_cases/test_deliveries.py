"""A file is handed out once, soon, to the browser that asked for it and to whoever may still see it; to nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, NotAllowed
from assessments.store import database
from assessments.store.tables import Table
from assessments.use_cases.deliveries import LARGEST, ROUTE, WAITS, File, delete_spent, deliver, hand_out
from assessments.use_cases.trail import audit_trail, verify_trail
from tests.use_cases.cast import NOW, House, joins, riverbend

HERE, ELSEWHERE = "this browser", "another browser"
REPORT = File("gaps.html", "text/html", b"<p>Level 2</p>", "gap_report")
DELIVERIES, MEMBERSHIPS = Table.metadata.tables["delivery"], Table.metadata.tables["membership"]


def asked(house: House, file: File = REPORT, session: str = HERE) -> str:
    """The token."""
    address: str = house.write(deliver, session, file, house.assessment)
    assert address.startswith(ROUTE)
    return address.removeprefix(ROUTE)


def taken(engine: Engine, token: str, session: str = HERE, after: timedelta = timedelta(0)) -> File | None:
    with database.writing(engine) as db:
        return hand_out(db, NOW + after, session, token)


def stored(engine: Engine) -> list[Any]:
    with database.reading(engine) as db:
        return list(db.execute(DELIVERIES.select().order_by(DELIVERIES.c.made_at)))


def test_it_is_handed_out_as_it_was_made_and_once(house: House) -> None:
    token = asked(house)
    assert taken(house.engine, token) == REPORT
    assert stored(house.engine)[0].content == b""
    assert taken(house.engine, token) is None
    assert stored(house.engine) == [], "what was taken stays nowhere"


def test_the_token_is_not_stored(house: House) -> None:
    token = asked(house)
    (row,) = stored(house.engine)
    assert row.content == REPORT.content
    assert token not in repr(row)
    assert asked(house) != token


def test_of_two_takers_at_the_same_moment_one_gets_it(house: House) -> None:
    def take(token: str) -> File | None:
        with database.writing(house.engine) as db:
            return hand_out(db, NOW, HERE, token)

    def both(token: str) -> list[File | None]:
        start = Barrier(2)

        def ready(_: int) -> File | None:
            start.wait()
            return take(token)

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(ready, range(2)))

    for _ in range(10):
        assert sorted(both(asked(house)), key=bool) == [None, REPORT]


def test_both_read_it_before_either_took_it(postgres_url: str) -> None:
    """On PostgreSQL, whose writers do not stand in line here: the second waits for the first, and comes too late."""
    engine = database.connect(postgres_url)
    token = asked(riverbend(engine))
    with ThreadPoolExecutor(1) as pool:
        with database.writing(engine) as first:
            assert hand_out(first, NOW, HERE, token) == REPORT
            second = pool.submit(taken, engine, token)
            with database.reading(engine) as watch:
                waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                while not watch.connection().exec_driver_sql(waiting).scalar_one():
                    watch.rollback()
        assert second.result() is None
    engine.dispose()


@pytest.mark.parametrize("session", [ELSEWHERE, ""])
def test_another_browser_gets_nothing_and_takes_nothing_away(house: House, session: str) -> None:
    token = asked(house)
    assert taken(house.engine, token, session) is None
    assert taken(house.engine, token) == REPORT


def test_a_browser_that_nobody_knows_gets_nothing(house: House) -> None:
    assert taken(house.engine, asked(house, session=""), "") is None


def test_a_token_that_was_never_given(house: House) -> None:
    asked(house)
    for token in ("", "guess", DELIVERIES.name):
        assert taken(house.engine, token) is None


def test_after_two_minutes_it_is_gone(house: House) -> None:
    token = asked(house)
    assert taken(house.engine, token, after=WAITS) is None
    assert stored(house.engine) == []


def test_until_then_it_is_there(house: House) -> None:
    assert taken(house.engine, asked(house), after=WAITS - timedelta(seconds=1)) == REPORT


def test_the_next_delivery_deletes_what_was_taken_and_what_nobody_took(house: House) -> None:
    """Both are gone with their names; that they were made is in the trail."""
    old, read = asked(house), asked(house)
    assert taken(house.engine, read) == REPORT
    assert [row.content for row in stored(house.engine) if row.taken_at] == [b""], "a taken file waits empty"
    house.write(deliver, HERE, REPORT, house.assessment, now=NOW + WAITS)
    assert [row.content for row in stored(house.engine)] == [REPORT.content]
    assert taken(house.engine, old) is None, "not even with the clock put back"
    assert house.read(audit_trail, act="export").total == 3


def test_at_the_start_nothing_spent_is_left(house: House) -> None:
    """The server asks for this when it starts, and every two minutes."""
    assert taken(house.engine, asked(house)) == REPORT
    asked(house)
    with database.writing(house.engine) as db:
        delete_spent(db, NOW + WAITS)
    assert stored(house.engine) == []
    assert house.read(verify_trail) == []


def test_what_still_waits_is_not_deleted(house: House) -> None:
    token = asked(house)
    with database.writing(house.engine) as db:
        delete_spent(db, NOW + timedelta(minutes=1))
    assert taken(house.engine, token) == REPORT


def test_a_role_lost_since_then(house: House) -> None:
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    kept, lost = asked(cam), asked(cam)
    assert taken(house.engine, kept) == REPORT
    with database.writing(house.engine) as db:
        db.execute(MEMBERSHIPS.update().where(MEMBERSHIPS.c.person_id == cam.actor.person_id).values(role="auditor"))
    assert taken(house.engine, lost) is None


def test_what_one_may_not_see_one_may_not_take_along(house: House) -> None:
    auditor = house.seen_by(joins(house.engine, house.actor.agency_id, "auditor"))
    with pytest.raises(NotAllowed, match="take this out"):
        asked(auditor)
    trail = File("trail.html", "text/html", b"<p>", "audit_trail")
    assert taken(house.engine, asked(auditor, trail)) == trail


def test_another_agency_gets_nothing(house: House, neighbor: House) -> None:
    """Bea sits at a browser of her own; and the same person in two agencies asks for each on its own."""
    hers = asked(neighbor, session=ELSEWHERE)
    assert taken(house.engine, asked(house), ELSEWHERE) is None
    assert taken(house.engine, hers, ELSEWHERE) == REPORT
    with pytest.raises(NotAllowed):
        neighbor.seen_by(type(neighbor.actor)(neighbor.actor.person_id, house.actor.agency_id)).write(
            deliver, ELSEWHERE, REPORT, house.assessment
        )


def test_every_delivery_is_in_the_trail(house: House) -> None:
    asked(house)
    (entry,) = house.read(audit_trail, act="export").entries
    assert (entry.person, entry.thing, entry.thing_id) == ("Ann Able", "file", house.assessment)
    assert (entry.field, entry.after) == ("gap_report", "gaps.html")
    assert house.read(verify_trail) == []


def test_too_large_is_refused_before_it_is_stored(house: House) -> None:
    with pytest.raises(BadInput, match="25 MB"):
        asked(house, File("all.xlsx", "application/zip", bytes(LARGEST + 1), "gap_report"))
    assert stored(house.engine) == []
    assert house.read(audit_trail, act="export").entries == []
    asked(house, File("all.xlsx", "application/zip", bytes(LARGEST), "gap_report"))
