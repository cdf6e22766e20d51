"""Every role, every use case, in every place that is not one's own: refused, and nothing of the other is told.

Cam has a role in Riverbend. Hilltop, in the same collaborative, has one of everything as well, and a canary in every
field that can hold one. What a refusal or an answer says goes nowhere but back; so what is looked at is the value that
comes back, the words of the error, the log, and what one's own audit trail has been told.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from assessments.errors import NotAllowed, ToolkitError
from assessments.store import database, place
from assessments.store.access import RIGHTS, ROLES, Actor
from assessments.store.tables import Agency, AuditValue, Membership, Person
from assessments.use_cases.sharing import share
from tests import canary, stores
from tests.use_cases import cast, together
from tests.use_cases.test_rights import USE_CASES, furnished

Calls = dict[str, tuple[Any, ...]]
STRANGER = "You do not have the right to do this here."
PAIRS = [*zip(ROLES, [*ROLES][1:] + [*ROLES][:1], strict=True)]
"""Each role once at home and once elsewhere."""
SAMPLE = "agency-administrator"
"""The one role that is tried on PostgreSQL too."""


@dataclass(frozen=True)
class Town:
    """Two agencies and the collaborative that both are in."""

    engine: Engine
    folder: Path
    here: str
    calls: Calls
    theirs: str
    their_calls: Calls
    keys: frozenset[str]
    """Of the other agency."""
    known: set[str]
    """What the collaborative knows of it: its name, and who brought it in."""
    collaborative: str


@dataclass(frozen=True)
class Outcome:
    """How a call ended, and all that it told."""

    refusal: ToolkitError | None
    told: str

    @property
    def is_stranger(self) -> bool:
        return isinstance(self.refusal, NotAllowed) and str(self.refusal).startswith(STRANGER)


def on_both(names: str, *cases: tuple[str, ...]) -> pytest.MarkDecorator:
    """On SQLite all cases, on PostgreSQL those of one role."""
    sample = [
        pytest.param("postgres", *case, marks=pytest.mark.postgres) for case in cases if case[:1] in ((), (SAMPLE,))
    ]
    kept = [pytest.param("sqlite", *case) for case in cases]
    return pytest.mark.parametrize(f"town,{names}".strip(","), [*kept, *sample], indirect=["town"])


@pytest.fixture
def town(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Town:
    """With its own files and the key of its trails."""
    found: Town = request.getfixturevalue(f"{request.param}_town")
    monkeypatch.setenv("DATA_DIR", str(found.folder))
    return found


@pytest.fixture(scope="module")
def sqlite_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Built once: whatever the tests do is undone, but for who joins."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(sqlite_template, folder / "plumbline.db")
    with built(place.sqlite_url(folder), folder) as town:
        yield town


@pytest.fixture(scope="module")
def postgres_town(cluster: stores.Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with cluster.database() as url, built(url, folder) as town:
        yield town


@contextmanager
def built(url: str, folder: Path) -> Iterator[Town]:
    engine = database.connect(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        yield peopled(engine, folder)
    engine.dispose()


def peopled(engine: Engine, folder: Path) -> Town:
    home, other = furnished(cast.riverbend(engine)), furnished(cast.hilltop(engine))
    here, theirs = home.house.actor, other.house.actor
    calls, their_calls = home.calls, other.calls
    lead = together.plains(engine, "Lee Lead", "The county together")
    for one in (home, other):
        together.joins(lead, one.house)
        one.house.write(share, lead.actor.agency_id, cast.PROGRAM[0], one.empty, "blinded", 0)
    if engine.dialect.name == "sqlite":
        canary.plant(engine, theirs.agency_id)
    keys = canary.keys_of(engine, theirs.agency_id)
    known = {*vars(theirs).values()} | canary.sings(brought_in(engine, theirs))
    return Town(engine, folder, here.agency_id, calls, theirs.agency_id, their_calls, keys, known, lead.actor.agency_id)


def brought_in(engine: Engine, actor: Actor) -> str:
    with database.reading(engine) as db:
        agency, person = db.get(Agency, actor.agency_id), db.get(Person, actor.person_id)
        return f"{agency} {person}"


def outcome(town: Town, actor: Actor, name: str, arguments: tuple[Any, ...]) -> Outcome:
    """Undone at once."""
    with database.writing(town.engine) as db:
        try:
            value = USE_CASES[name](db, actor, *arguments)
            if isinstance(value, Enum):  # a refusal that the trail keeps, with the id that was tried
                return Outcome(ToolkitError(value.value), value.value)
            return Outcome(None, f"{value!r}\n{newest(db, actor)}")
        except ToolkitError as refused:
            return Outcome(refused, str(refused))
        finally:
            db.rollback()


def newest(db: Session, actor: Actor) -> Sequence[Any]:
    """What the trail was told last."""
    told = select(AuditValue).where(col(AuditValue.agency_id) == actor.agency_id)
    return db.execute(told.order_by(col(AuditValue.seq).desc()).limit(5)).scalars().all()


def names_theirs(town: Town, arguments: tuple[Any, ...]) -> bool:
    return bool(canary.sings(repr(arguments), town.keys))


@on_both("role", *((role,) for role in ROLES))
def test_no_role_opens_an_agency_that_one_is_not_in(town: Town, role: str, caplog: pytest.LogCaptureFixture) -> None:
    """In the same collaborative; nor the collaborative itself, in which one is not."""
    caplog.set_level(logging.DEBUG)
    cam = cast.joins(town.engine, town.here, role)
    for agency_id in (town.theirs, town.collaborative):
        stranger = Actor(cam.person_id, agency_id)
        found = {name: outcome(town, stranger, name, town.their_calls[name]) for name in town.calls}
        assert [name for name, one in found.items() if not one.is_stranger] == []
        assert canary.sings("".join(one.told for one in found.values()) + caplog.text, town.keys) == set()


@on_both("role", *((role,) for role in ROLES))
def test_at_home_no_role_reaches_what_is_theirs(town: Town, role: str, caplog: pytest.LogCaptureFixture) -> None:
    """With every id of the other agency's in the place of one's own."""
    caplog.set_level(logging.DEBUG)
    cam = cast.joins(town.engine, town.here, role)
    for name in town.calls:
        arguments = town.their_calls[name]
        found = outcome(town, cam, name, arguments)
        assert found.is_stranger or role in RIGHTS[name], name
        assert found.refusal or not names_theirs(town, arguments), name
        assert canary.sings(found.told, town.keys) == set(), name
    assert canary.sings(caplog.text, town.keys) == set()


@on_both("role,there", *PAIRS)
def test_a_role_counts_where_it_is_held(town: Town, role: str, there: str) -> None:
    """Somebody with a role in both: what she may do at home she may not do there, and the other way round."""
    cam = cast.joins(town.engine, town.here, role)
    with database.writing(town.engine) as db:
        db.add(Membership(agency_id=town.theirs, person_id=cam.person_id, role=there))
    for agency_id, held, calls in ((town.here, role, town.calls), (town.theirs, there, town.their_calls)):
        for name in town.calls:
            found = outcome(town, Actor(cam.person_id, agency_id), name, calls[name])
            assert found.is_stranger == (held not in RIGHTS[name]), name


@on_both("role", ("collaborative-lead",), ("assessor",), (SAMPLE,))
def test_a_role_in_the_collaborative_reaches_into_no_agency(town: Town, role: str) -> None:
    cam = cast.joins(town.engine, town.collaborative, role)
    for name in town.calls:
        arguments = town.their_calls[name]
        assert outcome(town, Actor(cam.person_id, town.theirs), name, arguments).is_stranger, name
        found = outcome(town, cam, name, arguments)
        assert found.is_stranger == (role not in RIGHTS[name]), name
        assert found.refusal or not names_theirs(town, arguments), name
        assert canary.sings(found.told, town.keys) <= town.known, name


@on_both("", ())
def test_control_what_is_theirs_sings_where_it_is_told(town: Town) -> None:
    dee = cast.joins(town.engine, town.theirs, "owner")
    for name in ("sites", "assessments", "roster", "partners", "audit_trail", "gap_report"):
        assert canary.sings(outcome(town, dee, name, town.their_calls[name]).told, town.keys), name
    named = {name for name, arguments in town.their_calls.items() if names_theirs(town, arguments)}
    assert len(named) > len(RIGHTS) / 2, "most use cases take an id, and are tried with one"
