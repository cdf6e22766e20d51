"""The link, opened and looked at; a file, taken."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from streamlit import config

from assessments.errors import StoreTrouble
from assessments.store import alone, database
from assessments.use_cases import sessions
from assessments.use_cases.deliveries import File, deliver
from server.door import door as opened_door
from server.guard import Guard
from server.policy import Policy
from server.routes import Routes, attachment, away, mistake
from server.uploads import Uploads
from server.visitors import now
from tests.server.asked import Answer, ask, scope_of
from tests.server.conftest import Guarded
from tests.use_cases.cast import riverbend

REPORT = File("gaps.html", "text/html", b"<p>Level 2</p>", "gap_report")


@pytest.fixture
def door(guarded: Guarded) -> Guarded:
    """The guard with the door's own routes behind it, as in the app."""
    middleware = Middleware(Guard, guarded.visitors, Uploads(lambda: 0.0), Policy([]))
    app = Starlette(routes=Routes(guarded.engine, guarded.visitors).all(), middleware=[middleware])
    return replace(guarded, guard=app)  # type: ignore[arg-type]


@pytest.fixture
def link(guarded: Guarded) -> str:
    with database.writing(guarded.engine) as db:
        return sessions.make_link(db, now())


def follow(door: Guarded, link: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    return ask(door.guard, scope_of("/open", headers, method=method, query=f"t={link}"))


def test_the_link_swaps_for_a_cookie_once(door: Guarded, link: str) -> None:
    answer = follow(door, link)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{door.visitors.cookie}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store"
    token = cookie.split(";")[0].partition("=")[2]
    assert replace(door, token=token).ask_inside("/download/none").status == 404
    again = follow(door, link)
    assert again.status == 401 and "make run" in again.body.decode() and "set-cookie" not in again.headers


@pytest.mark.parametrize("wrong", ["", "guessed", "%00", "<script>"])
def test_a_wrong_link_says_how_to_get_one(door: Guarded, wrong: str) -> None:
    answer = follow(door, wrong)
    assert answer.status == 401 and "make run" in answer.body.decode()
    assert "<script>" not in answer.body.decode()


def test_a_wrong_link_waits_for_no_writer(door: Guarded) -> None:
    with closing(sqlite3.connect(str(door.engine.url.database), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert follow(door, "guessed").status == 401


def test_a_mistake_is_shown_and_logged_under_one_reference(caplog: pytest.LogCaptureFixture) -> None:
    """T13: outside the pages too, and without what was typed."""

    async def broken(_request: Request) -> Response:
        raise KeyError("CANARY-7f3a")

    app = Starlette(routes=[Route("/broken", broken)], exception_handlers={Exception: mistake})
    answer = ask(Raises(app, KeyError), scope_of("/broken"))
    (reference,) = re.findall(r"the reference (\w+)", answer.body.decode())
    assert answer.status == 500 and f"Reference {reference}" in caplog.messages[0]
    assert answer.headers["cache-control"] == "no-store" and "default-src 'none'" in str(answer.headers)
    assert "CANARY" not in answer.body.decode()


def test_the_door_hands_its_answers_to_mistakes_on(tmp_path: Path) -> None:
    script = tmp_path / "look.js"
    script.touch()
    with alone.held():
        handlers = opened_door(config.get_option, script).exception_handlers
    assert handlers == {StoreTrouble: away, Exception: mistake}


@dataclass
class Raises:
    """As a web server does: it is answered, and what is raised all the same goes to the log."""

    app: Starlette
    kind: type[Exception]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(self.kind):
            await self.app(scope, receive, send)


def test_a_known_browser_is_told_that_it_needs_no_link(door: Guarded) -> None:
    assert "this browser is known" in follow(door, "used", door.cookie).body.decode()
    assert "this browser is known" not in follow(door, "used").body.decode()


@pytest.mark.parametrize(
    ("headers", "method"),
    [({}, "HEAD"), ({"purpose": "prefetch"}, "GET"), ({"sec-purpose": "prefetch;prerender"}, "GET")],
)
def test_looking_ahead_does_not_use_it_up(door: Guarded, link: str, headers: dict[str, str], method: str) -> None:
    assert follow(door, link, headers, method).status == 405
    assert follow(door, link).status == 303


def test_a_cookie_belongs_to_its_installation(door: Guarded, tmp_path_factory: pytest.TempPathFactory) -> None:
    from assessments.store import place
    from server.visitors import Visitors

    other = Visitors(database.connect(place.sqlite_url(tmp_path_factory.mktemp("other"))))
    assert other.cookie != door.visitors.cookie == Visitors(door.engine).cookie


@pytest.fixture
def asked_for(guarded: Guarded, let_in: Callable[[], str]) -> str:
    """The address of a file that the first browser has asked for."""
    house = riverbend(guarded.engine)
    with database.reading(guarded.engine) as db:
        found = sessions.session_of(db, now(), guarded.token)
    assert found
    address: str = house.write(deliver, found.id, REPORT, house.assessment, now=now())
    return address


def test_a_file_is_taken_once_and_by_its_browser_alone(
    door: Guarded, asked_for: str, let_in: Callable[[], str]
) -> None:
    """T1, T2: another browser, also one that is in, never gets it by its address."""
    assert door.ask(asked_for).status == 401
    assert replace(door, token=let_in()).ask_inside(asked_for).status == 404
    assert door.ask_inside(asked_for, method="HEAD").status == 405
    answer = door.ask_inside(asked_for)
    assert (answer.status, answer.body) == (200, REPORT.content)
    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    gone = door.ask_inside(asked_for)
    assert gone.status == 404 and "make it again" in gone.body.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gaps 1.xlsx", "filename=\"gaps 1.xlsx\"; filename*=UTF-8''gaps%201.xlsx"),
        ("Zoë.html", "filename=\"Zo_.html\"; filename*=UTF-8''Zo%C3%AB.html"),
        ('a"; x="b.html', "filename=\"a__ x__b.html\"; filename*=UTF-8''a%22%3B%20x%3D%22b.html"),
        ("a\r\nSet-Cookie: b", "filename=\"a__Set-Cookie_ b\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b"),
    ],
)
def test_a_file_name_stays_a_file_name(name: str, said: str) -> None:
    response = attachment(replace(REPORT, name=name))
    assert response.headers["content-disposition"] == f"attachment; {said}"
    assert list(response.headers) == ["content-type", "content-disposition", "content-length"]
