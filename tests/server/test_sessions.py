"""A link lets one browser in, once; a session ends when it is closed, forgotten or old. Tokens are nowhere stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from assessments.store import database
from assessments.use_cases import sessions
from assessments.use_cases.sessions import IDLE, LASTS, LINK_WAITS
from tests.use_cases.cast import everything

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


def link(engine: Engine) -> str:
    with database.writing(engine) as db:
        return sessions.make_link(db, NOW)


def opened(engine: Engine, token: str, after: timedelta = MOMENT, carried: str = "") -> str | None:
    with database.writing(engine) as db:
        return sessions.open_session(db, NOW + after, token, carried)


def let_in(engine: Engine) -> str:
    token = opened(engine, link(engine))
    assert token
    return token


def known(engine: Engine, token: str, after: timedelta = MOMENT) -> str:
    """The session's id, or ""; marked as seen where that is due, as the door does."""
    with database.writing(engine) as db:
        found = sessions.session_of(db, NOW + after, token)
        if found and found.mark:
            sessions.mark_seen(db, NOW + after, found.id)
    return found.id if found else ""


def test_a_link_works_once(engine: Engine) -> None:
    token = link(engine)
    assert known(engine, opened(engine, token) or "")
    assert opened(engine, token) is None


def test_of_two_who_open_it_at_once_one_comes_in(engine: Engine) -> None:
    token, together = link(engine), Barrier(4)

    def open_it(_: int) -> str | None:
        together.wait(timeout=20)
        return opened(engine, token)

    with ThreadPoolExecutor(4) as crowd:
        assert sum(bool(found) for found in crowd.map(open_it, range(4))) == 1


@pytest.mark.parametrize("wrong", ["", "guessed", "ü", "\udcff"])
def test_a_wrong_link_opens_nothing(engine: Engine, wrong: str) -> None:
    link(engine)
    assert opened(engine, wrong) is None
    assert known(engine, wrong) == ""


def test_a_link_waits_half_a_day(engine: Engine) -> None:
    assert opened(engine, link(engine), LINK_WAITS) is None
    assert opened(engine, link(engine), LINK_WAITS - MOMENT)


def test_every_browser_has_a_session_of_its_own(engine: Engine) -> None:
    one, other = let_in(engine), let_in(engine)
    assert known(engine, one) != known(engine, other)


def test_a_browser_that_is_in_stays_who_it_is(engine: Engine) -> None:
    token = let_in(engine)
    mine = known(engine, token)
    renewed = opened(engine, link(engine), carried=token)
    assert renewed not in {None, token}, "a token that somebody else may have planted or read is not handed back"
    assert (known(engine, renewed or ""), known(engine, token)) == (mine, "")
    assert opened(engine, link(engine), carried="planted") not in {None, "planted", token, renewed}


def test_tokens_are_not_stored(engine: Engine) -> None:
    unused = link(engine)
    token = let_in(engine)
    stored = repr(everything(engine))
    assert known(engine, token) in stored
    assert token not in stored and unused not in stored
    assert len(token) >= 43, "256 bits"


def test_an_ended_session_is_over_and_its_neighbors_are_not(engine: Engine) -> None:
    one, other = let_in(engine), let_in(engine)
    mine, theirs = known(engine, one), known(engine, other)
    with database.writing(engine) as db:
        sessions.end_session(db, NOW, mine)
        sessions.mark_seen(db, NOW, mine)
        assert sessions.of_those_open(db, NOW, {mine, theirs}) == {theirs}
    assert known(engine, one) == ""
    assert known(engine, other) == theirs


def test_a_session_ends_when_it_was_not_used_for_a_month(engine: Engine) -> None:
    token = let_in(engine)
    assert known(engine, token, IDLE)
    assert known(engine, token, 2 * IDLE - MOMENT), "it was used in between"
    assert known(engine, token, 3 * IDLE - MOMENT) == ""


def test_a_session_ends_with_the_quarter_however_much_it_is_used(engine: Engine) -> None:
    token = let_in(engine)
    days = [known(engine, token, timedelta(days=day)) for day in range(1, LASTS.days + 2)]
    assert all(days[: LASTS.days]) and not any(days[LASTS.days :])
