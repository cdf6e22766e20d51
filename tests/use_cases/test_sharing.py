"""What an agency shares with its collaborative: three ways, at once, and gone at once."""

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from assessments.errors import Conflict, NotFound
from assessments.rules.shared_sites import How, SharedSite
from assessments.store.tables import SharedAssessment, SharedScore, SharedStand
from assessments.use_cases.agencies import SiteDetails, revise_site
from assessments.use_cases.assessments import archive_assessment
from assessments.use_cases.collaboratives import NotJoined, invite_agency, join_collaborative, leave_collaborative
from assessments.use_cases.shared import Question, shared_sites
from assessments.use_cases.sharing import NotShared, may_share, share, share_preview, sharings
from assessments.use_cases.submission import reopen
from assessments.use_cases.trail import audit_trail
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import NOW, PROGRAM, House

CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
TABLES = (SharedAssessment, SharedScore, SharedStand)


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


@pytest.fixture
def member(engine: Engine, lead: House) -> House:
    house = together.agency(engine, "Hilltop", "Bea Bright")
    together.joins(lead, house)
    house.rate("ORG-01", 3)
    house.rate("ORG-02", 1)
    house.submit()
    return house


def seen(looking: House, lead: House) -> list[SharedSite]:
    found: list[SharedSite] = looking.read(shared_sites, lead.actor.agency_id, QUESTION)
    return found


def written(house: House) -> int:
    with Session(house.engine) as db:
        return sum(len(db.execute(select(table)).all()) for table in TABLES)


@pytest.mark.parametrize("how", ["aggregate", "blinded", "named"])
def test_what_is_shared_is_there_at_once_and_gone_at_once(lead: House, member: House, how: How) -> None:
    assert seen(lead, lead) == []
    together.shares(member, lead, how)
    (site,) = seen(lead, lead)
    assert site.how == how
    assert site.level("ORG-01") == 3
    assert site.domains["ORG"].rated == 2
    assert site.name == ("Hilltop · Hilltop house" if how == "named" else "")
    assert len(site.letter) >= 2
    together.shares(member, lead, None, 1)
    assert seen(lead, lead) == []
    assert written(member) == 0


def test_its_own_agency_sees_it_by_name(lead: House, member: House) -> None:
    together.shares(member, lead, "blinded")
    (site,) = seen(member, lead)
    assert site.own
    assert site.name == "Hilltop · Hilltop house"


def test_it_follows_what_it_is_of(lead: House, member: House) -> None:
    together.shares(member, lead, "named")
    (before,) = seen(lead, lead)
    member.write(revise_site, member.site, SiteDetails("Upper house"))
    assert [site.name for site in seen(lead, lead)] == ["Hilltop · Upper house"]
    member.write(archive_assessment, member.assessment)
    assert seen(lead, lead) == []
    member.write(archive_assessment, member.assessment, False)
    assert [site.submission for site in seen(lead, lead)] == [before.submission]
    member.write(reopen, member.assessment, "To look again")
    assert seen(lead, lead) == []
    member.submit()
    (after,) = seen(lead, lead)
    assert after.submission != before.submission
    assert after.letter == before.letter


def test_what_was_withdrawn_and_shared_again_is_what_it_was(lead: House, member: House) -> None:
    together.shares(member, lead, "aggregate")
    before = seen(lead, lead)
    together.shares(member, lead, None, 1)
    together.shares(member, lead, "aggregate")
    assert seen(lead, lead) == before


def test_who_leaves_takes_all_along_and_comes_back_with_nothing(lead: House, member: House) -> None:
    together.shares(member, lead, "named")
    member.write(leave_collaborative, lead.actor.agency_id)
    assert written(member) == 0
    with pytest.raises(NotFound):
        seen(member, lead)
    together.joins(lead, member)
    assert seen(lead, lead) == []
    assert [one.how for one in member.read(sharings, lead.actor.agency_id)] == [None]


def test_sharing_with_a_collaborative_that_one_is_not_in_is_refused(engine: Engine, lead: House, member: House) -> None:
    stranger = together.agency(engine, "Riverside", "Cy Cole")
    plains = lead.actor.agency_id
    assert stranger.write(share, plains, PROGRAM[0], stranger.cycle, "named", 0) is NotShared.NOT_IN
    assert stranger.write(may_share, "no such\0 collaborative/?") is NotShared.NOT_IN
    with pytest.raises(NotFound):
        seen(stranger, lead)
    refused = [one for one in stranger.read(audit_trail).entries if one.act == "refuse share"]
    assert sorted(one.thing_id for one in refused) == sorted([plains, "nosuchcollaborative"])
    assert member.write(may_share, plains) is None


def test_a_share_that_somebody_changed_meanwhile_is_not_overwritten(lead: House, member: House) -> None:
    together.shares(member, lead, "named")
    with pytest.raises(Conflict):
        together.shares(member, lead, "blinded", 0)
    (one,) = member.read(sharings, lead.actor.agency_id)
    assert (one.how, one.version, one.submitted, one.assessments) == ("named", 1, 1, 1)


def test_a_code_lets_in_one_agency_once(engine: Engine, lead: House, member: House) -> None:
    code = lead.write(invite_agency, "Riverside")
    stranger = together.agency(engine, "Riverside", "Cy Cole")
    assert stranger.write(join_collaborative, f" {code}\n") == lead.actor.agency_id
    other = together.agency(engine, "Lakeside", "Di Dale")
    assert other.write(join_collaborative, code) is NotJoined.SPENT
    assert other.write(join_collaborative, "nothing") is NotJoined.UNKNOWN
    assert stranger.write(join_collaborative, code) is NotJoined.ALREADY


def test_the_preview_is_what_will_be_written(lead: House, member: House) -> None:
    preview = member.read(share_preview, NOW, lead.actor.agency_id, member.assessment, "blinded")
    assert written(member) == 0
    together.shares(member, lead, "blinded")
    with Session(member.engine) as db:
        stands = db.execute(select(SharedStand)).scalars().all()
        scores = db.execute(select(SharedScore)).scalars().all()
    assert {(one.indicator_id, one.level) for one in stands} == {(o.indicator_id, o.level) for o in preview.stands}
    assert {(one.domain_id, one.mean) for one in scores} == {(one.domain_id, one.mean) for one in preview.scores}


def test_what_is_shared_can_be_withdrawn_when_all_of_it_is_archived(lead: House, member: House) -> None:
    together.shares(member, lead, "named")
    member.write(archive_assessment, member.assessment)
    (one,) = member.read(sharings, lead.actor.agency_id)
    assert (one.how, one.assessments) == ("named", 0)
    together.shares(member, lead, None, one.version)
    assert member.read(sharings, lead.actor.agency_id) == []


def test_the_trail_says_what_was_shared_and_withdrawn(lead: House, member: House) -> None:
    together.shares(member, lead, "named")
    together.shares(member, lead, None, 1)
    told = [(one.act, one.before, one.after) for one in member.read(audit_trail).entries if one.thing == "share"]
    assert told == [("withdraw", "named", ""), ("share", "", "named")]
