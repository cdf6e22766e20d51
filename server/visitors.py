"""The browsers that are in: who each is, by its cookie, and the sockets that it has open."""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from assessments.errors import StoreTrouble
from assessments.store import database, upkeep
from assessments.store.database import Engine
from assessments.store.trouble import FAILED
from assessments.use_cases import sessions
from assessments.use_cases.sessions import ONE_MACHINE, KnownBrowser, Terms
from server.ahead import Ahead

LOOKS_EVERY = 0.5
"""Seconds: what another process has ended is closed here within one."""
CLOSED = 4401
HOSTED_COOKIE = "__Host-plumbline"
"""By this name a browser takes it over TLS alone, and from no neighbor of the same domain."""

log = logging.getLogger("plumbline")


def now() -> datetime:
    return datetime.now(UTC)


class Socket:
    """Asks before each message from the browser whether it may still come in; can be closed from outside."""

    def __init__(self, receive: Receive, send: Send, is_in: Callable[[], Awaitable[bool]]) -> None:
        self._receive, self._send, self._is_in = receive, send, is_in
        self._ahead = Ahead(self._unless_closed)
        self._closed = False

    async def close(self) -> None:
        await self.send({"type": "websocket.close", "code": CLOSED, "reason": "Plumbline was closed in this browser"})

    async def send(self, message: Message) -> None:
        if self._closed:
            return  # what the page still has to say reaches nobody
        if message["type"] != "websocket.close":
            await self._ahead.send(message)
            return
        self._closed = True  # at once: what is held, or on its way to a slow browser, has nothing to wait for
        await self._send(message)

    def forget(self) -> None:
        """It is over."""
        self._closed = True
        self._ahead.forget()

    async def _unless_closed(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if not await self._is_in():
            await self.close()
            return {"type": "websocket.disconnect", "code": CLOSED}
        self._ahead.asked()
        return message


class Visitors:
    def __init__(self, engine: Engine, terms: Terms = ONE_MACHINE) -> None:
        self._engine, self._terms = engine, terms
        self._sockets: dict[str, set[Socket]] = defaultdict(set)
        # One per installation: a browser sends its cookies to every port of a machine.
        one_machine = "plumbline-" + hashlib.sha256(upkeep.where(engine).encode()).hexdigest()[:12]
        self.cookie = HOSTED_COOKIE if terms.of_person else one_machine

    def keep(self, response: Response, token: str, secure: bool) -> None:
        """The cookie, in the browser."""
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(self._terms.lasts.total_seconds()),
            secure=secure or self._terms.of_person,
            httponly=True,
            samesite="lax",
        )

    def token(self, scope: Scope) -> str:
        return HTTPConnection(scope).cookies.get(self.cookie, "")

    async def session_of(self, scope: Scope) -> str | None:
        """The id of the browser's session, if it is in."""
        token = self.token(scope)
        return await run_in_threadpool(self._known, token) if token else None

    async def open(self, link: str, scope: Scope) -> str | None:
        """The token for the cookie of a browser that brought a good link."""
        return await run_in_threadpool(self._opened, link, self.token(scope))

    async def serve(self, session_id: str, receive: Receive, send: Send, use: Callable[..., Awaitable[None]]) -> None:
        """Passes a socket on for as long as its session lasts."""

        async def is_in() -> bool:
            return await self._still_in(session_id)

        socket = Socket(receive, send, is_in)
        self._sockets[session_id].add(socket)
        try:
            await use(socket.receive, socket.send)
        finally:
            socket.forget()
            self._sockets[session_id].discard(socket)
            if not self._sockets[session_id]:
                del self._sockets[session_id]

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                await self.close_ended()
            except (*FAILED, RuntimeError) as error:  # RuntimeError: no thread is free
                log.error("It could not be seen which browsers are in; next time, then.", exc_info=error)

    async def close_ended(self) -> None:
        asked = set(self._sockets)
        if not asked:
            return
        for session_id in asked - await self._good(asked):  # who came since then was not asked about
            for socket in list(self._sockets.get(session_id, ())):
                with suppress(RuntimeError, OSError):  # it has just gone by itself
                    await socket.close()

    async def _good(self, session_ids: set[str]) -> set[str]:
        """A store that does not answer ends no session: the pages say so themselves, and keep what was typed."""
        try:
            return await run_in_threadpool(self._of_those_open, session_ids)
        except StoreTrouble as trouble:
            log.warning("The database did not say which browsers are in: %s", type(trouble).__name__)
            return session_ids

    async def _still_in(self, session_id: str) -> bool:
        """Asked before each message, which counts as use: a page is worked on for hours and asks for nothing else."""
        try:
            return await run_in_threadpool(self._used, session_id)
        except StoreTrouble as trouble:
            log.warning("The database did not say which browsers are in: %s", type(trouble).__name__)
            return True

    def _known(self, token: str) -> str | None:
        with database.reading(self._engine) as db:
            known = sessions.session_of(db, now(), token, self._terms)
        self._mark(known)
        return known.id if known else None

    def _used(self, session_id: str) -> bool:
        with database.reading(self._engine) as db:
            known = sessions.still_open(db, now(), session_id, self._terms)
        self._mark(known)
        return known is not None

    def _mark(self, known: KnownBrowser | None) -> None:
        if known and known.mark:
            with suppress(StoreTrouble), database.writing(self._engine) as db:  # a full disk locks nobody out
                sessions.mark_seen(db, now(), known.id)

    def _opened(self, link: str, carried: str) -> str | None:
        with database.reading(self._engine) as db:  # nobody without a good link makes a writer wait
            if not sessions.is_good(db, now(), link):
                return None
        with database.writing(self._engine) as db:
            return sessions.open_session(db, now(), link, carried)

    def _of_those_open(self, session_ids: set[str]) -> set[str]:
        with database.reading(self._engine) as db:
            return sessions.of_those_open(db, now(), session_ids, self._terms)
