"""The guard, asked as a web server would ask it: who gets in, what gets through, and what is said to the others."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from assessments.store import database
from assessments.use_cases import sessions
from server import uploads
from server.visitors import CLOSED, now
from tests.server.asked import HERE, HOST, run, scope_of
from tests.server.conftest import Guarded

ORIGIN = {"origin": f"http://{HOST}"}
STREAM = "/_stcore/stream"


def a_socket(guarded: Guarded, headers: dict[str, str], server: Any = HERE) -> int:
    return guarded.ask(STREAM, headers, kind="websocket", server=server).status


@pytest.mark.parametrize(
    ("server", "host"),
    [
        (HERE, HOST),
        (HERE, "localhost:8501"),
        (HERE, "[::1]:8501"),
        (("::1", 8501), "[::1]:8501"),
        (("127.0.0.2", 8501), "127.0.0.2:8501"),
        (("127.0.0.1", 80), "localhost"),
    ],
)
def test_this_machine_comes_in_by_its_names(guarded: Guarded, server: Any, host: str) -> None:
    for headers in ({"host": host}, {"host": host, "origin": f"http://{host}"}):
        assert guarded.ask_inside(headers=headers, server=server).status == 200
    assert a_socket(guarded, guarded.cookie | {"host": host, "origin": f"http://{host}"}, server) == 101


@pytest.mark.parametrize(
    ("server", "host"),
    [
        pytest.param(("192.0.2.7", 8501), HOST, id="came in from a network"),
        pytest.param(("0.0.0.0", 8501), "localhost:8501", id="listens everywhere"),
        pytest.param(("/run/a.sock", None), "localhost", id="a socket file"),
        pytest.param(None, HOST, id="came in nobody knows where"),
        pytest.param(HERE, "evil.example:8501", id="a foreign name for this machine"),
        pytest.param(HERE, "127.0.0.1.evil.example:8501", id="a name that begins like ours"),
        pytest.param(HERE, "127.0.0.1:9999", id="another port"),
        pytest.param(HERE, "localhost", id="no port"),
        pytest.param(HERE, "user@127.0.0.1:8501", id="a name behind a sign"),
        pytest.param(HERE, "[::1", id="a broken name"),
        pytest.param(HERE, "", id="no name"),
    ],
)
def test_under_another_name_nobody_comes_in(guarded: Guarded, server: Any, host: str) -> None:
    """With a good cookie: a foreign name that was made to point here would be sent one too."""
    assert guarded.ask_inside(headers={"host": host}, server=server).status == 421
    assert a_socket(guarded, guarded.cookie | {"host": host, "origin": f"http://{host}"}, server) == 403
    assert guarded.behind.passed is None


@pytest.mark.parametrize("origin", ["http://127.0.0.1:3000", "https://evil.example", "null", f"https://{HOST}"])
def test_other_pages_are_refused(guarded: Guarded, origin: str) -> None:
    assert guarded.ask_inside(headers={"origin": origin}).status == 403
    assert a_socket(guarded, guarded.cookie | {"origin": origin}) == 403


def test_a_socket_says_which_page_opens_it(guarded: Guarded) -> None:
    assert a_socket(guarded, guarded.cookie | ORIGIN) == 101
    assert a_socket(guarded, guarded.cookie) == 403


def test_without_a_session_there_is_a_page_that_says_how(guarded: Guarded) -> None:
    for path in ("/", "/gaps", "/index.html"):
        answer = guarded.ask(path)
        assert answer.status == 401
        assert "make run" in answer.body.decode() and answer.headers["content-type"].startswith("text/html")
        assert guarded.ask_inside(path).status == 200


@pytest.mark.parametrize(
    "path", ["/media/a.png", "/_stcore/host-config", "/download/a", "/component/a", "/_stcore/bidi-components/a"]
)
def test_without_a_session_the_rest_is_closed(guarded: Guarded, path: str) -> None:
    assert guarded.ask(path).status == 401
    assert guarded.ask(path, {"cookie": f"{guarded.visitors.cookie}=guessed"}).status == 401
    assert guarded.ask(path, {"cookie": f"another={guarded.token}"}).status == 401
    assert guarded.ask_inside(path).status == 200
    assert a_socket(guarded, ORIGIN) == 403


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/favicon.png", "/open"])
def test_what_everybody_may_see(guarded: Guarded, path: str) -> None:
    assert guarded.ask(path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/_stcore/whatever-comes-next",
        "/auth/login",
        "/oauth2callback",
    ],
)
def test_what_no_page_of_ours_needs_is_closed(guarded: Guarded, path: str) -> None:
    """T12: agents, metrics and Streamlit's own sign-in, also for a browser that is in."""
    assert guarded.ask_inside(path).status == 404
    assert guarded.behind.passed is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"])
def test_pages_are_only_read(guarded: Guarded, method: str) -> None:
    assert guarded.ask_inside("/gaps", method=method).status == 405
    assert guarded.ask_inside("/gaps", method="HEAD").status == 200


def test_only_the_guard_says_who_it_is(guarded: Guarded) -> None:
    """T6: what a client says under our names never comes through."""
    forged = {"x-plumbline-session": "forged", "X-Plumbline-Role": "owner", "x-other": "stays"}
    for kind, status in (("http", 200), ("websocket", 101)):
        answer = guarded.ask_inside(STREAM, forged | ORIGIN, kind=kind, method="GET")
        assert answer.status == status and answer.passed
        assert answer.passed["x-plumbline-session"] not in {"forged", guarded.token, ""}
        assert answer.passed["x-other"] == "stays"
        assert [name for name in answer.passed if name.lower().startswith("x-plumbline")] == ["x-plumbline-session"]
    open_to_all = guarded.ask("/static/a.js", forged)
    assert open_to_all.passed and "x-plumbline-session" not in open_to_all.passed


def test_every_answer_carries_the_policy(guarded: Guarded) -> None:
    for path, status in (("/", 401), ("/static/a.js", 200), ("/_stcore/metrics", 404)):
        answer = guarded.ask(path)
        assert answer.status == status
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert f"ws://{HOST}" in answer.headers["content-security-policy"]
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    foreign = guarded.ask(headers={"host": "evil.example"})
    assert foreign.status == 421 and "evil" not in str(foreign.headers) + str(foreign.body)


@pytest.mark.parametrize("path", ["/download/a", "/media/a"])
def test_what_was_fetched_is_not_kept(guarded: Guarded, path: str) -> None:
    assert guarded.ask_inside(path).headers["cache-control"] == "no-store"
    assert "cache-control" not in guarded.ask_inside("/static/a.js").headers


def test_uploads_are_counted_for_each_browser(guarded: Guarded) -> None:
    """T10: Streamlit would keep them all."""
    path = f"{uploads.PATH}page/file"

    def put(length: str) -> int:
        return guarded.ask_inside(path, {"content-length": length}, method="PUT").status

    assert put("") == 411
    assert put(str(uploads.LARGEST + 1)) == 413
    assert [put("9") for _ in range(uploads.FILES + 1)] == [200] * uploads.FILES + [429]
    assert guarded.ask(path, {"content-length": "9"}, method="PUT").status == 401
    assert guarded.ask_inside(path, method="DELETE").status == 200


def test_a_socket_ends_with_its_session(guarded: Guarded) -> None:
    """T4, T11: at the next message, and, without one, when the door looks again."""
    assert conversation(guarded, ends="") == ["websocket.accept", "heard", "heard"]
    assert conversation(guarded, ends="before a message") == ["websocket.accept", "heard", CLOSED]
    assert guarded.ask_inside().status == 401


def test_an_open_socket_is_closed_from_elsewhere(guarded: Guarded) -> None:
    assert conversation(guarded, ends="while it waits") == ["websocket.accept", "heard", CLOSED]


def conversation(guarded: Guarded, ends: str) -> list[Any]:
    """What a browser hears that sends twice, where its session ends after the first message."""

    def end() -> None:
        with database.writing(guarded.engine) as db:
            found = sessions.session_of(db, now(), guarded.token)
            assert found
            sessions.end_session(db, now(), found.id)

    async def talk() -> list[Any]:
        heard: list[Any] = []
        said: asyncio.Queue[Message] = asyncio.Queue()

        async def send(message: Message) -> None:
            heard.append(message.get("text") or message.get("code") or message["type"])
            if message["type"] == "websocket.close":
                said.put_nowait({"type": "websocket.disconnect"})
            elif message["type"] == "websocket.accept" or ends == "":
                said.put_nowait({"type": "websocket.receive" if len(heard) < 3 else "websocket.disconnect"})
            else:
                end()
                if ends == "before a message":
                    said.put_nowait({"type": "websocket.receive"})
                else:
                    await guarded.visitors.close_ended()

        said.put_nowait({"type": "websocket.connect"})
        await guarded.guard(scope_of(STREAM, guarded.cookie | ORIGIN, kind="websocket"), said.get, send)
        return heard

    return run(talk)
