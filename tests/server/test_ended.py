"""After a sign-out, a role taken away, an end to access, or a shutting out: nothing of twenty kinds succeeds any more,
also on a process that was told nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from assessments.store import database
from assessments.store.tables import BrowserSession, HostRole
from assessments.use_cases import sessions
from assessments.use_cases.identities import end_access, revise_roles
from assessments.use_cases.invitations import invite
from assessments.use_cases.looking_after import shut_out
from assessments.use_cases.sessions import HOSTED, hash_of
from assessments.use_cases.signing_in import Who, enter
from server.guard import Guard
from server.hosting import Hosting, Provider
from server.policy import Policy
from server.uploads import PATH, Uploads
from server.visitors import HOSTED_COOKIE, Visitors, now
from tests.server.asked import Behind, ask, scope_of
from tests.server.hosted import PUBLIC
from tests.use_cases.cast import House, riverbend

PROVIDER = Provider("county", "County", "https://login.example", "plumbline", "secret")
IDA = Who(PROVIDER.issuer, "ida-7")
FORM = {"origin": PUBLIC}
KINDS = [
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/gaps"),
    ("GET", "/rate"),
    ("GET", "/people"),
    ("GET", "/trail"),
    ("GET", "/report"),
    ("GET", "/no-such-page"),
    ("GET", "/download/token"),
    ("HEAD", "/download/token"),
    ("GET", "/media/picture.png"),
    ("GET", "/component/part/index.html"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/bidi-components/part.js"),
    ("PUT", PATH + "session/file"),
    ("DELETE", PATH + "session/file"),
    ("GET", "/sign-out"),
    ("POST", "/sign-out"),
    ("SOCKET", "/_stcore/stream"),
    ("SOCKET", "/_stcore/stream/"),
]


@dataclass
class Process:
    """A guard with visitors of its own, before something that says yes to everything."""

    engine: Engine
    cookie: str

    def answers(self) -> list[int]:
        hosting = Hosting(PUBLIC, {PROVIDER.id: PROVIDER})
        guard = Guard(Behind(), Visitors(self.engine, HOSTED), Uploads(lambda: 0.0), Policy([], PUBLIC), hosting)
        return [ask(guard, self._scope(method, path)).status for method, path in KINDS]

    def _scope(self, method: str, path: str) -> dict[str, object]:
        said = {"host": PUBLIC.removeprefix("https://"), "cookie": self.cookie, "content-length": "10"} | FORM
        kind = "websocket" if method == "SOCKET" else "http"
        return dict(scope_of(path, said, kind=kind, method=method))


@pytest.fixture
def house(small_engine: Engine) -> House:
    return riverbend(small_engine)


@pytest.fixture
def ida(house: House) -> tuple[str, Process]:
    token = house.write(invite, "Ida Ivy", ["assessor", "auditor"], now=now())
    with database.writing(house.engine) as db:
        cookie = enter(db, now(), IDA, hash_of(token))
        assert isinstance(cookie, str)
        known = sessions.session_of(db, now(), cookie, HOSTED)
        person = sessions.person_of(db, known.id) if known else None
        assert person
        db.add(HostRole(person_id=house.actor.person_id, role="host-administrator", given_at=now()))
    return person.id, Process(house.engine, f"{HOSTED_COOKIE}={cookie}")


def signs_out(house: House, person_id: str) -> None:
    with database.writing(house.engine) as db:
        hers = select(col(BrowserSession.id)).where(col(BrowserSession.person_id) == person_id)
        sessions.end_session(db, now(), db.execute(hers).scalar_one())


def loses_a_role(house: House, person_id: str) -> None:
    house.write(revise_roles, person_id, ["auditor"], ["assessor", "auditor"], now=now())


def loses_access(house: House, person_id: str) -> None:
    house.write(end_access, person_id, now=now())


def is_shut_out(house: House, person_id: str) -> None:
    with database.writing(house.engine) as db:
        shut_out(db, house.actor.person_id, now(), person_id)


@pytest.mark.parametrize("ends", [signs_out, loses_a_role, loses_access, is_shut_out])
def test_nothing_of_twenty_kinds_succeeds_any_more(
    house: House, ida: tuple[str, Process], ends: Callable[[House, str], None]
) -> None:
    person_id, process = ida
    assert set(process.answers()) == {101, 200} and len(KINDS) == 20
    ends(house, person_id)
    assert set(process.answers()) == {401, 403}
