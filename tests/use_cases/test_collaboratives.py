"""How a collaborative begins, how agencies come into it and leave, and guests, whose sites its lead keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, make_url, or_, select
from sqlmodel import Session, col

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import (
    HostRole,
    Invitation,
    Membership,
    PeerAsk,
    PeerOffer,
    Share,
    SharedAssessment,
    SharedCount,
    SharedScore,
    SharedStand,
)
from assessments.use_cases import agencies, assessments, collaboratives
from assessments.use_cases.agencies import SiteDetails
from assessments.use_cases.collaboratives import (
    NotJoined,
    collaboratives_of,
    invite_agency,
    join_collaborative,
    leave_collaborative,
    members,
    open_codes,
    remove_member,
    revise_collaborative,
    set_up_collaborative,
)
from assessments.use_cases.guests import add_guest, keep_guest
from assessments.use_cases.identities import end_access, leave_agency, persons_here, revise_roles, roles_to_give
from assessments.use_cases.intake import NotTaken, Preview, Returned, preview, refuse_workbook, take_in
from assessments.use_cases.invitations import invite, withdraw_invitation
from assessments.use_cases.sessions import hash_of
from assessments.use_cases.shared import Question, shared_sites
from assessments.use_cases.sharing import Agreed, share
from assessments.use_cases.sheets import Answer
from assessments.use_cases.signing_in import Refused, Who, enter
from assessments.use_cases.trail import audit_trail
from standards import catalogue
from tests import stores
from tests.use_cases import cast, peered, together
from tests.use_cases.cast import BASELINE, NOW, PROGRAM, House

LAKESIDE = replace(cast.RIVERBEND, name="Lakeside Clinic")
WAY = "By mail to the lead"
SHARED = (Share, SharedAssessment, SharedScore, SharedStand, SharedCount, PeerOffer)


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


def guest_of(lead: House, name: str = "Lakeside Clinic") -> House:
    """Its site, seen by the lead, with a draft."""
    made = lead.write(add_guest, replace(LAKESIDE, name=name), SiteDetails(f"{name} house"), BASELINE)
    return drafted(lead.engine, Actor(lead.actor.person_id, made))


def drafted(engine: Engine, actor: Actor) -> House:
    with database.writing(engine) as db:
        (site,), (cycle,) = agencies.sites(db, actor), agencies.cycles(db, actor)
        draft = assessments.start_assessment(db, actor, NOW, site.id, cycle.id, *PROGRAM)
    return House(engine, actor, site.id, cycle.id, draft)


def acts(house: House) -> list[str]:
    return [entry.act for entry in house.read(audit_trail, most=1000).entries]


def test_where_people_sign_in_only_a_host_administrator_sets_one_up(engine: Engine, house: House) -> None:
    ann = house.actor.person_id
    with pytest.raises(NotAllowed), database.writing(engine) as db:
        set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR, ann)
    with database.writing(engine) as db:
        db.add(HostRole(person_id=ann, role="host-administrator", given_at=NOW))
        made = set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR, ann)
    with database.reading(engine) as db:
        assert collaboratives_of(db, ann) == {made.agency_id}
        (line,) = collaboratives.collaboratives(db, made)
    assert (line.leads, line.name) == (True, "Plains Collaborative")


def test_a_code_waits_until_it_is_used_withdrawn_or_over(lead: House, house: House) -> None:
    codes = {name: lead.write(invite_agency, name) for name in ("Riverbend", "Hilltop", "Lakeside")}
    assert [one.name for one in lead.read(open_codes, NOW)] == ["Hilltop", "Lakeside", "Riverbend"]
    assert lead.read(open_codes, NOW + timedelta(days=8)) == []
    lead.write(withdraw_invitation, lead.read(open_codes, NOW)[0].id)
    house.write(join_collaborative, codes["Riverbend"])
    assert [one.name for one in lead.read(open_codes, NOW)] == ["Lakeside"]
    other = together.agency(lead.engine, "Hilltop", "Bea Bright")
    assert other.write(join_collaborative, codes["Hilltop"]) is NotJoined.SPENT
    assert "refuse sign-in" in acts(lead)


def test_who_left_is_told_and_sees_nothing(lead: House, house: House) -> None:
    together.joins(lead, house)
    (line,) = lead.read(members)
    lead.write(remove_member, line.id)
    assert house.read(collaboratives.collaboratives) == []
    (left,) = house.read(collaboratives.collaboratives, left=True)
    assert (left.name, left.left_at) == ("Plains Collaborative", NOW)
    for use_case, wrong in ((leave_collaborative, left.id), (remove_member, house.actor.agency_id)):
        with pytest.raises(NotFound):
            (house if use_case is leave_collaborative else lead).write(use_case, wrong)


def test_fewer_than_eleven_takes_an_agreement(lead: House) -> None:
    with pytest.raises(BadInput, match="agreement"):
        lead.write(revise_collaborative, 7, " ", 1)
    lead.write(revise_collaborative, 7, "Data use agreement of May 2026", 1)
    with pytest.raises(BadInput, match="from 5"):
        lead.write(revise_collaborative, 4, "Data use agreement of May 2026", 2)
    assert lead.read(collaboratives.collaborative_settings).fewest == 7


def test_a_guest_is_kept_by_the_lead_and_has_no_owner(lead: House, house: House) -> None:
    guest = guest_of(lead)
    (line,) = lead.read(members)
    assert (line.name, line.guest) == ("Lakeside Clinic", True)
    with Session(lead.engine) as db:
        held = db.execute(select(col(Membership.role)).filter_by(agency_id=guest.actor.agency_id)).scalars().all()
    assert held == ["agency-administrator"]
    assert "add guest" in acts(lead)
    with pytest.raises(NotFound):
        house.write(add_guest, LAKESIDE, SiteDetails("A house"), BASELINE)
    with pytest.raises(BadInput, match="Name of the site"):
        lead.write(add_guest, replace(LAKESIDE, name="Other"), SiteDetails(" "), BASELINE)


def test_another_lead_keeps_a_guest_as_well(lead: House, engine: Engine) -> None:
    guest = guest_of(lead)
    other = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, "collaborative-lead", "Olga Other"))
    theirs = replace(guest, actor=Actor(other.actor.person_id, guest.actor.agency_id))
    with pytest.raises(NotAllowed):
        theirs.read(audit_trail)
    other.write(keep_guest, guest.actor.agency_id)
    assert acts(theirs)[0] == "keep" == acts(lead)[0]
    with pytest.raises(BadInput, match="already"):
        other.write(keep_guest, guest.actor.agency_id)


def test_only_a_guest_that_is_in_the_collaborative_is_kept(lead: House, house: House, engine: Engine) -> None:
    guest, other = guest_of(lead), together.plains(engine, "Olga Other", "Rivers Collaborative")
    together.joins(lead, house)
    for actor, wanted in ((lead, house), (other, guest)):
        with pytest.raises(NotFound, match="not in the collaborative"):
            actor.write(keep_guest, wanted.actor.agency_id)
    lead.write(remove_member, guest.actor.agency_id)
    with pytest.raises(NotFound, match="not in the collaborative"):
        lead.write(keep_guest, guest.actor.agency_id)


def test_a_guest_has_no_people_but_its_keepers(lead: House, engine: Engine) -> None:
    """Nobody who leads no more comes back into it by an invitation, or stays in it by a second account."""
    olga = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, "collaborative-lead", "Olga Other"))
    guest = guest_of(olga)
    other = joins_guest(guest, "Pat Private")
    assert guest.read(roles_to_give) == [] and lead.read(roles_to_give)
    for member in (True, False):
        if not member:
            lead.write(remove_member, guest.actor.agency_id)
        with pytest.raises(NotAllowed, match="no people of its own"):
            guest.write(invite, "Pat Private", ["agency-administrator"])
        with pytest.raises(NotAllowed, match="no people of its own"):
            guest.write(revise_roles, other.person_id, ["auditor"], ["assessor"])
    assert lead.write(invite, "Pat Private", ["assessor"])


@pytest.mark.parametrize("left", [False, True])
def test_who_leads_no_more_leaves_nobody_in_a_guest(lead: House, engine: Engine, left: bool) -> None:
    """Somebody whom they let in while that could be done, and an invitation that is open from that time."""
    olga = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, "collaborative-lead", "Olga Other"))
    guest = guest_of(olga)
    pat, token = joins_guest(guest, "Pat Private"), invited_to(guest)
    with database.writing(engine) as db:
        assert enter(db, NOW, Who("https://login.example", "pat-1"), hash_of(token)) is Refused.SPENT
    lead.write(keep_guest, guest.actor.agency_id)
    if left:
        lead.write(remove_member, guest.actor.agency_id)
    lead.write(end_access, olga.actor.person_id)
    for actor in (guest.actor, pat):
        with pytest.raises(NotAllowed):
            guest.seen_by(actor).read(audit_trail)
    kept = guest.seen_by(Actor(lead.actor.person_id, guest.actor.agency_id))
    assert [one.name for one in kept.read(persons_here)] == ["Lou Lead"]
    assert sorted(one.before for one in kept.read(audit_trail).entries if one.act == "let go") == [
        "Olga Other",
        "Pat Private",
    ]
    assert "withdraw" in acts(kept)


def joins_guest(guest: House, name: str) -> Actor:
    return cast.joins(guest.engine, guest.actor.agency_id, "assessor", name)


def invited_to(guest: House) -> str:
    with database.writing(guest.engine) as db:
        db.add(
            Invitation(
                agency_id=guest.actor.agency_id,
                token_hash=hash_of("before"),
                name="Pat Again",
                roles="assessor",
                made_at=NOW,
                made_by=guest.actor.person_id,
                ends_at=NOW + timedelta(days=7),
            )
        )
    return "before"


def test_who_only_leads_gives_and_takes_no_more_than_that(lead: House, engine: Engine) -> None:
    here = lead.actor.agency_id
    olga = replace(lead, actor=cast.joins(engine, here, "collaborative-lead", "Olga Other"))
    ada, ida, amy = (
        cast.joins(engine, here, role, name)
        for role, name in (("agency-administrator", "Ada Able"), ("auditor", "Ida Ivy"), ("assessor", "Amy Ash"))
    )
    assert olga.read(roles_to_give) == ["assessor", "collaborative-lead"]
    for role in ("agency-administrator", "auditor", "owner"):
        with pytest.raises(NotAllowed):
            olga.write(invite, "Pat", ["assessor", role])
        with pytest.raises(NotAllowed):
            olga.write(revise_roles, amy.person_id, ["assessor", role], ["assessor"])
    with pytest.raises(NotAllowed, match="Auditor"):
        olga.write(revise_roles, ida.person_id, ["assessor"], ["auditor"])
    for one in (ada, ida, lead.actor):
        with pytest.raises(NotAllowed):
            olga.write(end_access, one.person_id)
    assert olga.write(invite, "Pat", ["assessor", "collaborative-lead"])
    olga.write(revise_roles, amy.person_id, ["collaborative-lead"], ["assessor"])
    olga.write(end_access, amy.person_id)
    lead.seen_by(ada).write(revise_roles, ida.person_id, ["auditor", "assessor"], ["auditor"])


@pytest.mark.parametrize("role", ["collaborative-lead", "agency-administrator"])
def test_nobody_but_an_owner_gives_themselves_a_role(lead: House, engine: Engine, role: str) -> None:
    olga = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, role, "Olga Other"))
    with pytest.raises(NotAllowed, match="further role"):
        olga.write(revise_roles, olga.actor.person_id, [role, "assessor"], [role])
    lead.write(revise_roles, lead.actor.person_id, ["owner", "assessor"], ["owner", "collaborative-lead"])
    lead.write(revise_roles, olga.actor.person_id, [role, "assessor"], [role])
    olga.write(revise_roles, olga.actor.person_id, ["assessor"], [role, "assessor"])


def test_the_only_lead_leaves_a_collaborative_to_its_owner_and_its_guests(lead: House, engine: Engine) -> None:
    olga = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, "collaborative-lead", "Olga Other"))
    guest = guest_of(olga)
    lead.write(revise_roles, lead.actor.person_id, ["owner"], ["owner", "collaborative-lead"])
    olga.write(leave_agency)
    for house in (olga, guest):
        with pytest.raises(NotAllowed):
            house.read(audit_trail)
    assert acts(lead)[0] == "leave"
    with pytest.raises(BadInput, match="only owner"):
        lead.write(leave_agency)


@pytest.mark.parametrize("ends", ["access", "the role"])
def test_who_leads_no_more_keeps_no_guest(lead: House, engine: Engine, ends: str) -> None:
    """Who still leads it in another role does; and what they have in an agency of their own stays."""
    other = replace(lead, actor=cast.joins(engine, lead.actor.agency_id, "collaborative-lead", "Olga Other"))
    guest = guest_of(other)
    person, both = other.actor.person_id, ["collaborative-lead", "agency-administrator"]
    lead.write(revise_roles, person, both, both[:1])
    lead.write(revise_roles, person, both[:1], both)
    assert guest.read(audit_trail).entries
    if ends == "access":
        lead.write(end_access, person)
    else:
        lead.write(revise_roles, person, ["assessor"], both[:1])
    with pytest.raises(NotAllowed):
        guest.read(audit_trail)
    lead.write(keep_guest, guest.actor.agency_id)
    kept = replace(guest, actor=Actor(lead.actor.person_id, guest.actor.agency_id))
    assert acts(kept)[:2] == ["keep", "let go"]
    assert kept.read(audit_trail).entries[1].before == "Olga Other"


def test_a_guest_comes_into_no_other_collaborative_by_a_code(lead: House, engine: Engine, house: House) -> None:
    """There nobody would say how it agreed. The code stays good, and the trail of whose it was keeps it."""
    guest, other = guest_of(lead), together.plains(engine, "Olga Other", "Rivers Collaborative")
    code = other.write(invite_agency, "Lakeside")
    assert guest.write(join_collaborative, code) is NotJoined.GUEST
    assert other.read(members) == []
    (told,) = [one for one in other.read(audit_trail).entries if one.act == "refuse sign-in"]
    assert told.after == "a guest of another collaborative tried the code"
    lead.write(remove_member, guest.actor.agency_id)
    assert guest.write(join_collaborative, code) is NotJoined.GUEST
    assert house.write(join_collaborative, code) == other.actor.agency_id
    assert guest.write(join_collaborative, lead.write(invite_agency, "Lakeside")) == lead.actor.agency_id


def test_what_a_guest_shares_says_how_it_agreed(lead: House) -> None:
    guest = guest_of(lead)
    together.rated(guest, 2)
    wanted = (lead.actor.agency_id, PROGRAM[0], guest.cycle, "named", 0)
    tomorrow = NOW.date() + timedelta(days=1)
    for agreed in (None, Agreed(" ", NOW.date()), Agreed(WAY, tomorrow)):
        with pytest.raises(BadInput, match="agreed"):
            guest.write(share, *wanted, agreed)
    guest.write(share, *wanted, Agreed(WAY, date(2026, 11, 20)))
    said = next(one for one in guest.read(audit_trail).entries if one.act == "say agreed")
    assert said.after == f"2026-11-20: {WAY}"
    checklist = catalogue.library()[PROGRAM]
    (site,) = lead.read(shared_sites, lead.actor.agency_id, Question(checklist.id, checklist.hash, checklist.form))
    assert (site.name, site.own) == ("Lakeside Clinic · Lakeside Clinic house", True)
    together.shares(guest, lead, None)
    with Session(lead.engine) as db:
        assert db.execute(select(Share)).all() == []


def test_the_workbook_of_another_guest_is_refused_and_told(lead: House) -> None:
    lakeside, meadow = guest_of(lead), guest_of(lead, "Meadow House")
    theirs = Returned(meadow.assessment, *PROGRAM, catalogue.library()[PROGRAM].hash, ())
    with pytest.raises(BadInput, match="another assessment"):
        lakeside.read(preview, lakeside.assessment, theirs, "a" * 64)
    assert lakeside.write(take_in, lakeside.assessment, theirs, "a" * 64, Preview()) is NotTaken.ELSEWHERE
    lakeside.write(refuse_workbook, lakeside.assessment, "b" * 64)
    told = [one for one in lakeside.read(audit_trail).entries if one.act == "refuse workbook"]
    assert [(one.thing_id, one.after[-12:]) for one in told] == [
        (lakeside.assessment, "b" * 12),
        (lakeside.assessment, "a" * 12),
    ]
    assert Answer(State.UNRATED) == lakeside.row("ORG-01").answer


@pytest.mark.postgres
def test_all_of_it_passes_behind_the_wall(postgres_url: str) -> None:
    """As the role that a server has, which sees no other agency's rows."""
    app = database.connect(make_url(postgres_url).set(username=stores.APP).render_as_string())
    with database.writing(app) as db:
        made = set_up_collaborative(db, NOW, "Ann Able", together.PLAINS, together.FIRST_YEAR)
        other = agencies.set_up(db, NOW, "Ann Able", cast.HILLTOP, SiteDetails("Main"), BASELINE)
        assert collaboratives_of(db, made.person_id) == {made.agency_id}
    lead, house = House(app, made, "", "", ""), drafted(app, other)
    together.joins(lead, house)
    guest = guest_of(lead)
    assert [(one.name, one.guest) for one in lead.read(members)] == [
        ("Hilltop Women's Center", False),
        ("Lakeside Clinic", True),
    ]
    shared, offered = {"share", "shared_assessment", "shared_score", "shared_stand"}, {"peer_offer", "peer_ask"}
    for one in (house, guest):
        peered.strong(one)
    together.shares(house, lead, "named")
    for one, peer in ((house, guest), (guest, house)):
        peered.asks(one, lead, peered.offers(peer, lead))
    assert between(postgres_url, house, lead) == shared | offered
    assert between(postgres_url, guest, lead) == offered
    for one in (house, guest):
        lead.write(remove_member, one.actor.agency_id)
        assert between(postgres_url, one, lead) == set()
    (left,) = house.read(collaboratives.collaboratives, left=True)
    assert left.name == "Plains Collaborative"
    app.dispose()


def between(url: str, member: House, lead: House) -> set[str]:
    """The tables with something of a member's in the collaborative, as a superuser finds it."""
    engine = database.connect(url)
    with Session(engine) as db:
        of_member = {"agency_id": member.actor.agency_id, "collaborative_id": lead.actor.agency_id}
        found = {str(table.__tablename__): db.execute(select(table).filter_by(**of_member)).all() for table in SHARED}
        asked = select(PeerAsk).where(
            or_(
                col(PeerAsk.asked_by_agency) == member.actor.agency_id,
                col(PeerAsk.offered_by_agency) == member.actor.agency_id,
            )
        )
        found["peer_ask"] = db.execute(asked).all()
    engine.dispose()
    return {name for name, rows in found.items() if rows}
