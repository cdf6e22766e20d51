"""The guard, asked as a server would ask it: only this machine, under its own name, from its own pages."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from server import guard

HERE = ("127.0.0.1", 8501)


async def plumbline(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


def ask(server: Any, kind: str = "http", **headers: str) -> Message:
    """The first thing that is sent back for a request that came in at `server`."""
    sent: list[Message] = []
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": "GET", "path": "/", "server": server, "headers": raw}

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as own_loop:  # a browser test of the same run may have one going in this thread
        own_loop.submit(lambda: asyncio.run(guard.ThisMachineOnly(plumbline)(scope, receive, send))).result()
    return sent[0]


@pytest.mark.parametrize(
    ("server", "headers"),
    [
        (HERE, {"host": "127.0.0.1:8501"}),
        (HERE, {"host": "localhost:8501"}),
        (("::1", 8501), {"host": "[::1]:8501"}),
        (HERE, {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}),
    ],
)
def test_this_machine_comes_in(server: Any, headers: dict[str, str]) -> None:
    assert ask(server, **headers)["status"] == 200
    assert ask(server, "websocket", **headers)["type"] != "websocket.close"


@pytest.mark.parametrize(
    ("server", "headers"),
    [
        pytest.param(("192.0.2.7", 8501), {"host": "127.0.0.1:8501"}, id="came in from a network"),
        pytest.param(("0.0.0.0", 8501), {"host": "localhost"}, id="listens everywhere"),
        pytest.param(None, {"host": "127.0.0.1"}, id="came in nobody knows where"),
        pytest.param(HERE, {"host": "evil.example:8501"}, id="a foreign name for this machine"),
        pytest.param(HERE, {"host": "127.0.0.1.evil.example"}, id="a name that begins like ours"),
        pytest.param(HERE, {"host": "localhost.evil.example"}, id="another such name"),
        pytest.param(HERE, {"host": "user@evil.example"}, id="a name behind a sign"),
        pytest.param(HERE, {"host": "[::1"}, id="no name at all, and a broken one"),
        pytest.param(HERE, {}, id="no name"),
        pytest.param(HERE, {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:3000"}, id="another page of here"),
        pytest.param(HERE, {"host": "127.0.0.1:8501", "origin": "https://evil.example"}, id="a page of elsewhere"),
        pytest.param(HERE, {"host": "127.0.0.1:8501", "origin": "null"}, id="a page that hides where it is from"),
    ],
)
def test_everybody_else_is_turned_away(server: Any, headers: dict[str, str]) -> None:
    assert ask(server, **headers)["status"] == 421
    assert ask(server, "websocket", **headers)["type"] == "websocket.close"


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.0.2.7", "plumbline.example", "unix:///run/a.sock"])
def test_no_other_address_is_listened_on(address: str | None) -> None:
    with pytest.raises(SystemExit, match="did not start"):
        guard.require_this_machine(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may_be_listened_on(address: str) -> None:
    guard.require_this_machine(address)
