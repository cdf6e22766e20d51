"""Behind the second wall, on PostgreSQL: every use case does what it does before it, and a forgotten filter shows
nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.store.access import Actor
from assessments.use_cases import agencies, deliveries, invitations, looking_after, sessions, signing_in
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.signing_in import Who
from assessments.use_cases.trail import audit_trail
from tests import stores
from tests.use_cases import cast
from tests.use_cases.test_rights import USE_CASES, furnished

pytestmark = pytest.mark.postgres

FILTER = re.compile(r"(?:\w+\.)?agency_id = %\(\w+\)s(?:::VARCHAR)?")
CROSSES = re.compile(r"FROM (?:collaborative|cohort|shared_|peer_|count_release|released_count|share\b)")
"""What members of a collaborative read of one another."""
Said = tuple[str, Any]


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    """As a superuser, who stands before no wall."""
    opened = database.connect(postgres_url)
    yield opened
    opened.dispose()


@pytest.fixture
def app(engine: Engine) -> Iterator[Engine]:
    """The same database, as the server opens it."""
    opened = database.connect(engine.url.set(username=stores.APP).render_as_string())
    yield opened
    opened.dispose()


@dataclass(frozen=True)
class Told:
    """What every use case asked of the database behind the wall, at Riverbend, which has one of everything; its
    neighbor has as much. `refused` are those that are not before it.
    """

    engine: Engine
    app: Engine
    actor: Actor
    neighbor: str
    questions: list[Said]
    refused: dict[str, type[ToolkitError]]


@pytest.fixture(scope="module")
def told(cluster: stores.Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with pytest.MonkeyPatch.context() as patch, cluster.database() as url:
        patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("town")))
        engine = database.connect(url)
        app = database.connect(engine.url.set(username=stores.APP).render_as_string())
        neighbor, full = furnished(cast.hilltop(engine)).house, furnished(cast.riverbend(engine))
        actor = full.house.actor
        with asked(app) as said:
            refused = {name: refusal(app, actor, name, arguments) for name, arguments in full.calls.items()}
        yield Told(
            engine,
            app,
            actor,
            neighbor.actor.agency_id,
            [one for one in dict(said).items() if FILTER.search(one[0]) and actor.agency_id in str(one[1])],
            {
                name: found
                for name, found in refused.items()
                if found and found is not refusal(engine, actor, name, full.calls[name])
            },
        )
        engine.dispose()
        app.dispose()


def refusal(engine: Engine, actor: Actor, name: str, arguments: tuple[Any, ...]) -> type[ToolkitError] | None:
    """Whatever it did is undone."""
    with database.writing(engine) as db:
        try:
            USE_CASES[name](db, actor, *arguments)
        except ToolkitError as refused:
            return type(refused)
        finally:
            db.rollback()
    return None


@contextmanager
def asked(engine: Engine) -> Iterator[list[Said]]:
    """What is asked of the database meanwhile, with what it is asked for."""
    found: list[Said] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().startswith("SELECT") and "set_config" not in statement:
            found.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def answers(engine: Engine, actor: Actor, questions: list[Said]) -> list[list[str]]:
    """Of the same statements, in one transaction of the actor's."""
    with database.reading(engine) as db:
        agencies.agency_settings(db, actor)
        send = db.connection().exec_driver_sql
        return [sorted(map(repr, send(statement, parameters).all())) for statement, parameters in questions]


def test_every_use_case_does_the_same_behind_the_wall(told: Told) -> None:
    assert told.refused == {}


def test_a_forgotten_filter_shows_nothing(told: Told) -> None:
    """Of every statement of every use case, the agency is taken out. Behind the wall the answer is the same, where one
    reads what collaboratives share at least nothing of theirs who are in none of them; before it, most tell of the
    neighbor.
    """
    forgetful = [(FILTER.sub("true", statement), given) for statement, given in told.questions]
    assert len(forgetful) > 100
    right = answers(told.app, told.actor, told.questions)
    for (statement, _), found, wanted in zip(forgetful, answers(told.app, told.actor, forgetful), right, strict=True):
        assert found == wanted or CROSSES.search(statement), statement
        assert told.neighbor not in str(found), statement
    before_it = answers(told.engine, told.actor, forgetful)
    leaks = sum(found != wanted for found, wanted in zip(before_it, right, strict=True))
    assert leaks > len(forgetful) / 3


def test_a_journey_behind_the_wall(app: Engine) -> None:
    """Nothing in it was prepared before the wall."""
    house = cast.riverbend(app)
    other = replace(cast.RIVERBEND, name="Another")
    with database.writing(app) as db:
        agencies.set_up(db, cast.NOW, "", other, cast.MAIN_STREET, cast.BASELINE)
    house.rate("ORG-01", 1)
    house.note("ORG-01", "Seen twice")
    house.submit()
    assert house.read(gap_report, house.assessment)
    assert house.read(audit_trail)
    with database.reading(app) as db:
        assert len(agencies.agencies_of(db, house.actor.person_id)) == 2


def test_who_comes_in_behind_the_wall(app: Engine) -> None:
    """By an invitation, then again; and never twice by one."""
    house = cast.riverbend(app)
    token = house.write(invitations.invite, "Ida Ivy", ["assessor"])
    who, late = Who("https://login.example", "ida"), Who("https://login.example", "late")
    with database.reading(app) as db:
        shown = invitations.welcome(db, cast.NOW, token)
        assert shown and shown.agency == cast.RIVERBEND.name
    hashed = sessions.hash_of(token)
    with database.writing(app) as db:
        cookie = signing_in.enter(db, cast.NOW, who, hashed)
        assert isinstance(cookie, str)
    with database.writing(app) as db:
        assert signing_in.enter(db, cast.NOW, late, hashed) is signing_in.Refused.SPENT
        assert isinstance(signing_in.enter(db, cast.NOW, who, ""), str)
    with database.reading(app) as db:
        known = sessions.session_of(db, cast.NOW, cookie, sessions.HOSTED)
        person = sessions.person_of(db, known.id) if known else None
        assert person and person.name == "Ida Ivy"
        assert [agency.name for agency in agencies.agencies_of(db, person.id)] == [cast.RIVERBEND.name]
    acts = [entry.act for entry in house.read(audit_trail).entries]
    assert {"accept", "sign in", "refuse sign-in"} <= set(acts)


def test_who_looks_after_it_behind_the_wall(app: Engine) -> None:
    """The first to come is the person of this machine, who looks after it; then shuts somebody out."""
    house = cast.riverbend(app)
    ida = Who("https://login.example", "ida")
    with database.writing(app) as db:
        link = sessions.make_link(db, cast.NOW)
    with database.writing(app) as db:
        signing_in.enter(db, cast.NOW, Who("https://login.example", "ann"), sessions.hash_of(link))
    token = house.write(invitations.invite, "Ida Ivy", ["assessor"])
    with database.writing(app) as db:
        signing_in.enter(db, cast.NOW, ida, sessions.hash_of(token))
        (found,) = looking_after.everybody(db, house.actor.person_id, "Ida").shown
        assert found.agencies == (cast.RIVERBEND.name,)
    with database.writing(app) as db:
        looking_after.shut_out(db, house.actor.person_id, cast.NOW, found.id)
    with database.writing(app) as db:
        assert signing_in.enter(db, cast.NOW, ida, "") is signing_in.Refused.SHUT_OUT


def test_a_file_goes_out_behind_the_wall(app: Engine) -> None:
    house = cast.riverbend(app)
    file = deliveries.File("a.txt", "text/plain", b"text", "sites")
    address = house.write(deliveries.deliver, "a browser", file, house.site)
    token = address.removeprefix(deliveries.ROUTE)
    for expected in (b"text", None):
        with database.writing(app) as db:
            found = deliveries.hand_out(db, cast.NOW + timedelta(seconds=1), "a browser", token)
            assert (found.content if found else None) == expected
