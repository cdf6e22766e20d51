"""Asks an ASGI app as a web server would, without one."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE = ("127.0.0.1", 8501)
HOST = "127.0.0.1:8501"
T = TypeVar("T")


@dataclass
class Answer:
    """`passed` is what came through to the app behind."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    passed: dict[str, str] | None = None


@dataclass
class Behind:
    """What stands behind a guard: says yes to everything, and remembers the headers that it was asked with."""

    passed: dict[str, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.passed = {name.decode(): value.decode() for name, value in scope["headers"]}
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] == "websocket.receive":
                await send({"type": "websocket.send", "text": "heard"})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})


def run(task: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """In a thread of its own: a browser test of the same run may have a loop going in this one."""
    with ThreadPoolExecutor(1) as own_loop:
        return own_loop.submit(lambda: asyncio.run(task())).result(timeout=30)


def scope_of(
    path: str = "/",
    headers: dict[str, str] | None = None,
    *,
    kind: str = "http",
    method: str = "GET",
    server: Any = HERE,
    query: str = "",
) -> Scope:
    raw = [(name.encode(), value.encode()) for name, value in ({"host": HOST} | (headers or {})).items() if value]
    return {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "server": server,
        "headers": raw,
    }


def ask(app: ASGIApp, scope: Scope) -> Answer:
    """A socket that was let in has status 101; one that was refused, 403, as a web server makes of it."""
    answer = Answer()

    async def receive() -> Message:
        kind = scope["type"]
        return {"type": "websocket.disconnect"} if answer.status else {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            answer.body += message["body"]
        elif not answer.status:
            answer.status = {"websocket.accept": 101, "websocket.close": 403}[message["type"]]

    async def asking() -> None:
        await app(scope, receive, send)

    run(asking)
    return answer
