"""On PostgreSQL, whose writers do not stand in line: who writes in a collaborative and who takes them out meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, select
from sqlmodel import Session

from assessments.errors import NotAllowed, NotFound
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Identity, PeerAsk, PeerOffer, Share, SharedAssessment, SharedCount
from assessments.use_cases.agencies import SiteDetails
from assessments.use_cases.collaboratives import collaborative_settings, leave_collaborative, remove_member
from assessments.use_cases.counts_given import give_counts
from assessments.use_cases.guests import add_guest, keep_guest
from assessments.use_cases.identities import end_access, persons_here
from assessments.use_cases.peer_asks import ask_for_help
from assessments.use_cases.peers import offer_help
from assessments.use_cases.quarter_counts import write_quarter_count
from assessments.use_cases.sharing import NotShared, share
from assessments.use_cases.signing_in import Refused, Who, enter
from assessments.use_cases.submission import reopen, submit
from tests import stores
from tests.use_cases import cast, peered, together
from tests.use_cases.cast import NOW, PROGRAM, House

pytestmark = pytest.mark.postgres
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@dataclass(frozen=True)
class Meeting:
    """`house` may write all of it in the collaborative of `lead`; `offer` is one of `third`."""

    engine: Engine
    lead: House
    house: House
    third: House
    offer: str

    def writes(self) -> dict[str, tuple[Callable[..., Any], tuple[Any, ...]]]:
        of, house = self.lead.actor.agency_id, self.house
        return {
            "share": (share, (of, PROGRAM[0], house.cycle, "named", 0)),
            "give": (give_counts, (of, house.site, peered.GIVEN, 1, 11)),
            "offer": (offer_help, (of, house.site, PROGRAM[0], "ORG-02", "Our form")),
            "ask": (ask_for_help, (of, self.offer, "How?", "Somebody, 555 0100")),
        }

    def left(self) -> list[Any]:
        """All of the house that others would read, as a superuser sees it."""
        with Session(self.engine) as db:
            own: list[Any] = []
            for table in (Share, SharedAssessment, SharedCount, PeerOffer):
                own += db.execute(select(table).filter_by(agency_id=self.house.actor.agency_id)).all()
            return own + list(db.execute(select(PeerAsk)).all())


@pytest.fixture
def meeting(postgres_url: str) -> Iterator[Meeting]:
    """As the role that a server has, behind the walls."""
    above = database.connect(postgres_url)
    app = database.connect(make_url(postgres_url).set(username=stores.APP).render_as_string())
    lead = together.plains(above)
    house, third = (together.agency(above, name, f"Somebody of {name}") for name in ("Quince Hill", "Third Row"))
    for one in (house, third):
        together.joins(lead, one)
        peered.strong(one)
    house.write(write_quarter_count, house.site, peered.GIVEN, peered.ENOUGH, 0)
    offer = peered.offers(third, lead)
    lead, house, third = (replace(one, engine=app) for one in (lead, house, third))
    yield Meeting(above, lead, house, third, offer)
    app.dispose()
    above.dispose()


def begins(
    meeting: Meeting, pool: ThreadPoolExecutor, house: House, act: Callable[..., Any], *args: Any
) -> Future[Any]:
    """Until it waits for a lock."""
    under_way = pool.submit(house.write, act, *args)
    with Session(meeting.engine) as watch:
        while not under_way.done() and not watch.connection().exec_driver_sql(WAITING).scalar_one():
            watch.rollback()
    assert not under_way.done(), "it did not wait"
    return under_way


@pytest.mark.parametrize("name", ["share", "give", "offer", "ask"])
def test_what_was_written_first_goes_with_who_is_taken_out(meeting: Meeting, name: str) -> None:
    act, args = meeting.writes()[name]
    with ThreadPoolExecutor(1) as pool:
        with database.writing(meeting.house.engine) as db:
            act(db, meeting.house.actor, NOW, *args)
            assert meeting.left() == []
            removed = begins(meeting, pool, meeting.lead, remove_member, meeting.house.actor.agency_id)
        removed.result()
    assert meeting.left() == []


@pytest.mark.parametrize("name", ["share", "give", "offer", "ask"])
def test_who_was_taken_out_first_writes_nothing(meeting: Meeting, name: str) -> None:
    act, args = meeting.writes()[name]
    with ThreadPoolExecutor(1) as pool:
        with database.writing(meeting.lead.engine) as db:
            remove_member(db, meeting.lead.actor, NOW, meeting.house.actor.agency_id)
            written = begins(meeting, pool, meeting.house, act, *args)
        if name == "share":
            assert written.result() is NotShared.NOT_IN
        else:
            with pytest.raises(NotFound, match="not in this collaborative"):
                written.result()
    assert meeting.left() == []


def test_what_is_submitted_meanwhile_is_not_seen_either(meeting: Meeting) -> None:
    house, (act, args) = meeting.house, meeting.writes()["share"]
    house.write(act, *args)
    house.write(reopen, house.assessment, "A mistake")
    with ThreadPoolExecutor(1) as pool:
        with database.writing(meeting.lead.engine) as db:
            remove_member(db, meeting.lead.actor, NOW, house.actor.agency_id)
            submitted = begins(meeting, pool, house, submit, house.assessment)
        submitted.result()
    assert meeting.left() == []


def test_whose_offer_goes_meanwhile_cannot_be_asked(meeting: Meeting) -> None:
    """The other way round, what is asked goes with the offer."""
    act, args = meeting.writes()["ask"]
    third = meeting.third
    with ThreadPoolExecutor(1) as pool:
        with database.writing(third.engine) as db:
            leave_collaborative(db, third.actor, NOW, meeting.lead.actor.agency_id)
            asked = begins(meeting, pool, meeting.house, act, *args)
        with pytest.raises(NotFound, match="offer is not there"):
            asked.result()
        together.joins(meeting.lead, third)
        offer = peered.offers(third, meeting.lead)
        with database.writing(third.engine) as db:
            act(db, meeting.house.actor, NOW, args[0], offer, *args[2:])
            left = begins(meeting, pool, third, leave_collaborative, meeting.lead.actor.agency_id)
        left.result()
    assert meeting.left() == []


def test_of_two_who_end_each_other_the_second_has_no_right_any_more(meeting: Meeting) -> None:
    """The right is asked for once it is one's turn."""
    agency_id = meeting.third.actor.agency_id
    ann, bea = (
        replace(meeting.third, actor=cast.joins(meeting.engine, agency_id, "agency-administrator", name))
        for name in ("Ann Able", "Bea Bright")
    )
    with ThreadPoolExecutor(1) as pool:
        with database.writing(ann.engine) as db:
            end_access(db, ann.actor, NOW, bea.actor.person_id)
            ended = begins(meeting, pool, bea, end_access, ann.actor.person_id)
        with pytest.raises(NotAllowed):
            ended.result()
    assert [one.name for one in ann.read(persons_here)] == ["Ann Able", "Somebody of Third Row"]


def test_a_sign_in_waits_for_a_guest_last(meeting: Meeting) -> None:
    """Whoever acts in a collaborative has its turn already when it comes to a guest, also to one whose id is first."""
    above, guest = with_a_guest(meeting, 1)
    lead = replace(above, engine=meeting.lead.engine)
    olga = cast.joins(meeting.engine, lead.actor.agency_id, "collaborative-lead", "Olga Other")
    replace(above, actor=olga).write(keep_guest, guest)
    who = Who("https://login.example", "olga-1")
    with database.writing(meeting.engine) as db:
        db.add(Identity(issuer=who.issuer, subject=who.subject, person_id=olga.person_id, bound_at=NOW))
    with ThreadPoolExecutor(1) as pool:
        with database.writing(lead.engine) as db:
            collaborative_settings(db, lead.actor)  # its turn is the lead's
            signed_in = begins(meeting, pool, lead, signs_in, who)
            end_access(db, lead.actor, NOW, olga.person_id)
        assert signed_in.result() is Refused.ENDED


def with_a_guest(meeting: Meeting, number: int) -> tuple[House, str]:
    """A collaborative, and a guest of it whose id comes before its own."""
    lead = together.plains(meeting.engine, "Lou Lead", f"Collaborative {number}")
    details = replace(cast.RIVERBEND, name=f"Guest {number}")
    guest: str = lead.write(add_guest, details, SiteDetails("Their site"), cast.BASELINE)
    return (lead, guest) if guest < lead.actor.agency_id else with_a_guest(meeting, number + 1)


def signs_in(db: Session, _actor: Actor, now: datetime, who: Who) -> str | Refused:
    return enter(db, now, who, "")
