"""What a run says into a place of the last screen goes ahead of the news that the run began.

That news has the browser draw all of a page again. What is said meanwhile (that a rating was saved) would wait until it
is done, and waits least where it comes first.
"""

import asyncio
from contextlib import suppress

from starlette.types import Message, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WAITS = 0.05
"""Seconds: what a run that says nothing has to tell is held no longer."""
NEWS = 2
"""The messages that a run begins with: that it is a new one, and that it goes on."""
ON_THE_SCREEN = 2
"""Of a path: whatever lies deeper stands in something, which a run has to draw before it."""


class Ahead:
    """Holds back the first messages after the browser has asked for something."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self._one_by_one = asyncio.Lock()
        self._waiting: asyncio.Task[None] | None = None
        """As long as there is one, messages are held."""

    def asked(self) -> None:
        if not self._waiting:
            self._waiting = asyncio.create_task(self._no_longer())

    def forget(self) -> None:
        """Nothing is waited for any more."""
        if self._waiting and self._waiting is not asyncio.current_task():
            self._waiting.cancel()
        self._waiting = None

    async def send(self, message: Message) -> None:
        if not self._waiting:
            async with self._one_by_one:
                await self._send(message)
            return
        self._held.append(message)
        if len(self._held) > NEWS:
            await self._let_go()

    async def _no_longer(self) -> None:
        await asyncio.sleep(WAITS)
        with suppress(RuntimeError, OSError):  # the browser has gone
            await self._let_go()

    async def _let_go(self) -> None:
        async with self._one_by_one:
            self.forget()
            held, self._held = said_first(self._held), []
            for message in held:
                await self._send(message)


def said_first(held: list[Message]) -> list[Message]:
    """In the order in which they are sent. What was said comes in its turn as well: what a browser has of another run
    than the newest goes when that has drawn the page. What is drawn in a fragment belongs to its run.
    """
    if len(held) <= NEWS:
        return held
    first, second, third = map(_read, held[: NEWS + 1])
    is_news = (first.WhichOneof("type"), second.WhichOneof("type")) == ("new_session", "session_status_changed")
    is_drawn = third.WhichOneof("type") == "delta" and not third.delta.fragment_id
    if is_news and is_drawn and len(third.metadata.delta_path) > ON_THE_SCREEN:
        return [held[NEWS], *held]
    return held


def _read(message: Message) -> ForwardMsg:
    found = ForwardMsg()
    found.ParseFromString(message.get("bytes") or b"")
    return found
