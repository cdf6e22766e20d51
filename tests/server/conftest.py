from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from assessments.store import database
from assessments.use_cases import sessions
from server.guard import Guard
from server.policy import Policy
from server.uploads import Uploads
from server.visitors import Visitors, now
from tests.server.asked import Answer, Behind, ask, scope_of
from tests.stores import without_waiting_for_the_disk


@dataclass
class Guarded:
    """A guard with a house behind it, and a cookie that lets one browser in."""

    visitors: Visitors
    guard: Guard
    behind: Behind
    engine: Engine
    token: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"cookie": f"{self.visitors.cookie}={self.token}"}

    def ask(self, path: str = "/", headers: dict[str, str] | None = None, **scope: object) -> Answer:
        self.behind.passed = None
        answer = ask(self.guard, scope_of(path, headers, **scope))  # type: ignore[arg-type]
        answer.passed = self.behind.passed
        return answer

    def ask_inside(self, path: str = "/", headers: dict[str, str] | None = None, **scope: object) -> Answer:
        return self.ask(path, self.cookie | (headers or {}), **scope)


@pytest.fixture(autouse=True, scope="package")
def careless() -> Iterator[None]:
    with without_waiting_for_the_disk():
        yield


@pytest.fixture
def small_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = database.connect(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def let_in(small_engine: Engine) -> Callable[[], str]:
    """The token of one more browser."""

    def letting_in() -> str:
        with database.writing(small_engine) as db:
            token = sessions.open_session(db, now(), sessions.make_link(db, now()))
        assert token
        return token

    return letting_in


@pytest.fixture
def guarded(small_engine: Engine, let_in: Callable[[], str]) -> Guarded:
    behind, visitors = Behind(), Visitors(small_engine)
    guard = Guard(behind, visitors, Uploads(lambda: 0.0), Policy(["let it = 1"]))
    return Guarded(visitors, guard, behind, small_engine, let_in())
