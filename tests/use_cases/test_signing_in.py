"""A sign-in, taken up by one of several at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from assessments.store import audit, database
from assessments.store.tables import Identity, Invitation, Membership, SignIn
from assessments.use_cases import sessions
from assessments.use_cases.identities import persons_here
from assessments.use_cases.invitations import invite
from assessments.use_cases.sessions import hash_of
from assessments.use_cases.signing_in import LASTS, Begun, Refused, Who, begin_sign_in, enter, take_sign_in
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, House

T = TypeVar("T")
IDA, EVE = Who("https://login.example", "ida-7"), Who("https://login.example", "eve-1")
BEGUN = Begun("nonce", "verifier", "")


def at_once(do: Callable[[int], T], times: int = 4) -> list[T]:
    together = Barrier(times)

    def one(place: int) -> T:
        together.wait(timeout=20)
        return do(place)

    with ThreadPoolExecutor(times) as crowd:
        return list(crowd.map(one, range(times)))


def entered(engine: Engine, who: Who, token: str = "") -> str | Refused:
    with database.writing(engine) as db:
        return enter(db, NOW, who, hash_of(token) if token else "")


def taken(engine: Engine, after: timedelta = timedelta(0)) -> Begun | None:
    with database.writing(engine) as db:
        return take_sign_in(db, NOW + after, "county", "state", "browser")


def begun(engine: Engine) -> None:
    with database.writing(engine) as db:
        begin_sign_in(db, NOW, "county", "state", "browser", BEGUN)


def test_of_several_who_open_an_invitation_at_once_one_is_bound(house: House) -> None:
    token = house.write(invite, "Ida Ivy", ["assessor"])
    found = at_once(lambda place: entered(house.engine, Who(IDA.issuer, f"ida-{place}"), token))
    assert sum(isinstance(one, str) for one in found) == 1
    assert [one.name for one in house.read(persons_here)] == ["Ann Able", "Ida Ivy"]
    with database.reading(house.engine) as db:
        assert audit.faults(db, house.actor.agency_id) == []
        assert len(db.execute(select(Identity)).all()) == 1
    assert [entry.act for entry in house.read(audit_trail).entries].count("refuse sign-in") == 3


def test_of_several_answers_at_once_one_is_taken(engine: Engine) -> None:
    begun(engine)
    assert sum(one is not None for one in at_once(lambda _: taken(engine))) == 1


def test_an_answer_is_in_time_until_it_is_not(engine: Engine) -> None:
    begun(engine)
    assert taken(engine, LASTS - timedelta(seconds=1)) == BEGUN
    with database.writing(engine) as db:
        db.execute(select(SignIn)).scalar_one().used_at = None
    assert taken(engine, LASTS) is None


def test_the_next_sign_in_sweeps_those_that_nobody_finished(engine: Engine) -> None:
    begun(engine)
    with database.writing(engine) as db:
        begin_sign_in(db, NOW + LASTS, "county", "another", "browser", BEGUN)
    with database.reading(engine) as db:
        assert db.execute(select(col(SignIn.state_hash))).scalars().all() == [hash_of("another")]


@pytest.mark.parametrize("roles", [["assessor"], ["assessor", "auditor"]])
def test_an_invitation_adds_to_what_somebody_holds(house: House, roles: list[str]) -> None:
    for given in (["assessor"], roles):
        assert isinstance(entered(house.engine, IDA, house.write(invite, "Ida Ivy", given)), str)
    ida = next(one for one in house.read(persons_here) if one.name == "Ida Ivy")
    assert ida.roles == tuple(roles)


def test_who_is_disabled_stays_out_with_a_new_invitation_too(house: House) -> None:
    entered(house.engine, IDA, house.write(invite, "Ida Ivy", ["assessor"]))
    with database.writing(house.engine) as db:
        db.execute(select(Identity)).scalar_one().disabled_at = NOW
    token = house.write(invite, "Ida Ivy", ["auditor"])
    assert entered(house.engine, IDA, token) is Refused.SHUT_OUT
    with database.reading(house.engine) as db:
        wanted = select(col(Invitation.used_at)).where(col(Invitation.token_hash) == hash_of(token))
        assert db.execute(wanted).scalar_one() is None
        assert "auditor" not in db.execute(select(col(Membership.role))).scalars().all()


def test_a_session_is_of_the_person_who_signed_in(house: House) -> None:
    token = entered(house.engine, IDA, house.write(invite, "Ida Ivy", ["assessor"]))
    assert isinstance(token, str)
    with database.writing(house.engine) as db:
        known = sessions.session_of(db, NOW, token, sessions.HOSTED)
        assert known
        person = sessions.person_of(db, known.id)
        assert person and person.name == "Ida Ivy"
        sessions.end_session(db, NOW, known.id)
        assert sessions.person_of(db, known.id) is None
    assert entered(house.engine, EVE) is Refused.UNKNOWN
