"""The sockets of the browsers that are in: watched for as long as the server runs, whatever happens in between."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Engine, event, text
from starlette.types import Message

from assessments.store import database
from assessments.use_cases import sessions
from server.visitors import CLOSED, Visitors, now
from tests.server.asked import run

SECONDS = 20


class Browser:
    """`gone`: it does not take the message that its socket is closed."""

    def __init__(self, gone: bool = False) -> None:
        self.gone, self.closed, self.left = gone, asyncio.Event(), asyncio.Event()

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "websocket.disconnect"}

    async def send(self, message: Message) -> None:
        if self.gone:
            raise RuntimeError("the socket is closed already")
        assert message["code"] == CLOSED
        self.closed.set()


@asynccontextmanager
async def served(visitors: Visitors, session_id: str, browser: Browser) -> AsyncIterator[None]:
    serving = asyncio.Event()

    async def use(receive: Callable[[], object], _send: object) -> None:
        serving.set()
        await receive()  # type: ignore[misc]

    task = asyncio.ensure_future(visitors.serve(session_id, browser.receive, browser.send, use))
    await serving.wait()
    yield
    browser.left.set()
    await task


def id_of(engine: Engine, token: str) -> str:
    with database.reading(engine) as db:
        found = sessions.session_of(db, now(), token)
    assert found
    return found.id


def end(engine: Engine, *session_ids: str) -> None:
    with database.writing(engine) as db:
        for session_id in session_ids:
            sessions.end_session(db, now(), session_id)


@pytest.fixture
def logged() -> Iterator[threading.Event]:
    """Set when the door logs something."""
    said, handler = threading.Event(), logging.Handler()
    handler.emit = lambda record: said.set()  # type: ignore[method-assign]
    logging.getLogger("plumbline").addHandler(handler)
    yield said
    logging.getLogger("plumbline").removeHandler(handler)


def renamed(engine: Engine, old: str, new: str) -> None:
    with database.writing(engine) as db:
        db.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_who_comes_in_while_it_is_asked_stays(small_engine: Engine, let_in: Callable[[], str]) -> None:
    early, late = id_of(small_engine, let_in()), id_of(small_engine, let_in())
    asked, go_on = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        asked.set()
        go_on.wait(SECONDS)

    async def meet() -> None:
        visitors, first, second = Visitors(small_engine), Browser(), Browser()
        async with served(visitors, early, first):
            end(small_engine, early)
            event.listen(small_engine, "before_cursor_execute", wait)
            look = asyncio.ensure_future(visitors.close_ended())
            assert await asyncio.to_thread(asked.wait, SECONDS)
            async with served(visitors, late, second):
                go_on.set()
                await look
                assert (first.closed.is_set(), second.closed.is_set()) == (True, False)

    run(meet)


def test_the_watch_outlives_a_broken_store_and_a_socket_that_has_gone(
    small_engine: Engine, let_in: Callable[[], str], logged: threading.Event
) -> None:
    gone, here = id_of(small_engine, let_in()), id_of(small_engine, let_in())

    async def watched() -> None:
        visitors, one, other = Visitors(small_engine), Browser(gone=True), Browser()
        async with served(visitors, gone, one), served(visitors, here, other):
            renamed(small_engine, "browser_session", "away")
            watch = asyncio.ensure_future(visitors.watch())
            assert await asyncio.to_thread(logged.wait, SECONDS)
            renamed(small_engine, "away", "browser_session")
            end(small_engine, gone)
            await visitors.close_ended()  # what it cannot be told does not stop it
            end(small_engine, here)
            await asyncio.wait_for(other.closed.wait(), SECONDS)
            assert not watch.done()
            watch.cancel()

    run(watched)
