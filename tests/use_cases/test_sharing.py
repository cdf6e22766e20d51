"""What an agency shares with its collaborative: three ways, at once, and gone at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, delete, select
from sqlmodel import Session

from assessments.errors import Conflict, NotFound
from assessments.rules.shared_sites import How, Period, SharedSite
from assessments.store import database
from assessments.store.tables import OwnChecklist, SharedAssessment, SharedScore, SharedStand
from assessments.use_cases.agencies import (
    CycleDetails,
    SiteDetails,
    archive_agency,
    archive_cycle,
    archive_site,
    revise_agency,
    revise_cycle,
    revise_site,
)
from assessments.use_cases.assessments import archive_assessment, rename_assessment, start_assessment
from assessments.use_cases.checklists import load_checklist
from assessments.use_cases.collaboratives import (
    NotJoined,
    invite_agency,
    join_collaborative,
    leave_collaborative,
    remove_member,
)
from assessments.use_cases.publishing import ENDLESS
from assessments.use_cases.shared import Question, shared_sites
from assessments.use_cases.sharing import NotShared, may_share, share, share_preview, sharings
from assessments.use_cases.submission import reopen
from assessments.use_cases.trail import audit_trail
from standards import catalogue
from tests.use_cases import cast, together
from tests.use_cases.cast import NOW, PROGRAM, House
from tests.use_cases.files import OWN

CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
OURS = ("our-door", "1.0")
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
    together.shares(member, lead, None)
    assert seen(lead, lead) == []
    assert written(member) == 0


@pytest.mark.parametrize("how", ["aggregate", "blinded", "named"])
def test_days_are_known_of_what_is_shared_by_name_alone(lead: House, member: House, how: How) -> None:
    """Of others the quarters are: by its days an agency could be told from another."""
    days = Period(date(2026, 8, 12), date(2026, 10, 7))
    member.write(revise_cycle, member.cycle, CycleDetails("Baseline", *days))
    together.shares(member, lead, how)
    (site,) = seen(lead, lead)
    assert site.period == (days if how == "named" else Period(date(2026, 7, 1), date(2026, 12, 31)))
    with Session(member.engine) as db:
        scores = db.execute(select(SharedScore)).scalars().all()
    assert {(one.first_day, one.last_day) for one in scores} == {site.period}
    member.write(revise_cycle, member.cycle, CycleDetails("Baseline", date(2026, 12, 31)))
    (site,) = seen(lead, lead)
    assert site.period == Period(days.first.replace(month=12, day=31) if how == "named" else date(2026, 10, 1), ENDLESS)


def test_letters_are_drawn_anew_where_a_name_takes_their_place(lead: House, member: House) -> None:
    """Else whoever knew them would know those of the other cycles."""
    later = member.begin(CycleDetails("Follow-up 1", date(2027, 1, 1)))
    later.rate("ORG-01", 2)
    later.submit()
    together.shares(member, lead, "blinded")
    (first,) = {site.letter for site in seen(lead, lead)}
    together.shares(later, lead, "blinded")
    assert {site.letter for site in seen(lead, lead)} == {first}, "the same from cycle to cycle"
    together.shares(member, lead, "named")
    (named,) = {site.letter for site in seen(lead, lead)}
    assert named != first
    together.shares(member, lead, None)
    (after,) = {site.letter for site in seen(lead, lead)}
    assert after not in (first, named), "also where the name goes and the letters come later"
    together.shares(member, lead, "aggregate")
    together.shares(member, lead, "blinded")
    assert {site.letter for site in seen(lead, lead)} == {after}


def test_letters_are_never_the_initials_of_anybody_there(
    lead: House, member: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an agency that shares nothing too: who reads its initials takes the site for its."""
    for name in ("Fremont Bridge", "Cedar County Health"):
        together.joins(lead, together.agency(lead.engine, name, f"{name} person"))
    drawn = iter("FB" + "BR" + "CH" + "FX" + "CC" + "RW")
    monkeypatch.setattr("secrets.choice", lambda _letters: next(drawn))
    together.shares(member, lead, "blinded")
    assert [site.letter for site in seen(lead, lead)] == ["FX"]
    together.shares(member, lead, "named")
    assert [site.letter for site in seen(lead, lead)] == ["RW"], "drawn anew by the same rule"


@pytest.mark.parametrize("taken_out", [True, False])
def test_who_comes_back_has_other_letters(lead: House, member: House, taken_out: bool) -> None:
    together.shares(member, lead, "blinded")
    (before,) = seen(lead, lead)
    if taken_out:
        lead.write(remove_member, member.actor.agency_id)
    else:
        member.write(leave_collaborative, lead.actor.agency_id)
    together.joins(lead, member, "Back again")
    together.shares(member, lead, "blinded")
    (after,) = seen(lead, lead)
    assert after.letter != before.letter
    assert after.submission == before.submission


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
    assert [site.submission for site in seen(lead, lead)] == [before.submission], "unchanged it is what it was"
    member.write(reopen, member.assessment, "To rate one otherwise")
    member.rate("ORG-01", 4, 1)
    member.submit()
    (after,) = seen(lead, lead)
    assert after.submission != before.submission
    assert after.letter == before.letter


@pytest.mark.parametrize("thing", ["site", "cycle", "agency"])
def test_what_is_archived_is_hidden_while_it_is(lead: House, member: House, thing: str) -> None:
    ways: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
        "site": (archive_site, (member.site,)),
        "cycle": (archive_cycle, (member.cycle,)),
        "agency": (archive_agency, ()),
    }
    archive, which = ways[thing]
    together.shares(member, lead, "named")
    before = seen(lead, lead)
    member.write(archive, *which)
    assert seen(lead, lead) == []
    assert written(member) == 0
    (one,) = member.read(sharings, lead.actor.agency_id)
    assert (one.how, one.submitted, one.seen) == ("named", 1, ())
    assert [said.split()[0] for said in one.archived] == [thing]
    member.write(rename_assessment, member.assessment, "Renamed meanwhile")
    member.write(revise_agency, replace(cast.HILLTOP, name="Hilltop"))
    assert seen(lead, lead) == []
    member.write(archive, *which, False)
    assert seen(lead, lead) == before
    assert member.read(sharings, lead.actor.agency_id)[0].seen == (member.assessment,)


def test_what_is_archived_can_be_shared_and_is_seen_once_it_is_back(lead: House, member: House) -> None:
    member.write(archive_site, member.site)
    together.shares(member, lead, "named")
    assert seen(lead, lead) == []
    member.write(archive_site, member.site, False)
    assert [site.how for site in seen(lead, lead)] == ["named"]


def with_our_door(house: House) -> House:
    """Beside what it has, a checklist of its own, rated and submitted."""
    house.write(load_checklist, OWN.encode(), "ours.toml")
    ours = replace(house, assessment=house.write(start_assessment, house.site, house.cycle, *OURS))
    ours.rate("DOOR-01", 2)
    ours.submit()
    return ours


def test_what_has_lost_its_edition_hinders_nothing_else(lead: House, member: House) -> None:
    plains = lead.actor.agency_id
    ours = with_our_door(member)
    together.shares(member, lead, "named")
    together.shares(ours, lead, "named", checklist=OURS[0])
    with database.writing(member.engine) as db:
        db.execute(delete(OwnChecklist))
    member.write(revise_site, member.site, SiteDetails("Upper house"))
    assert [site.name for site in seen(lead, lead)] == ["Hilltop · Upper house"]
    told = {one.checklist_id: (one.unread, len(one.seen)) for one in member.read(sharings, plains)}
    assert told == {OURS[0]: (("Upper house",), 0), PROGRAM[0]: ((), 1)}
    together.shares(member, lead, None)
    assert seen(lead, lead) == []
    together.shares(ours, lead, None, checklist=OURS[0])
    assert written(member) == 0


def test_withdrawing_takes_off_that_one_alone(lead: House, member: House) -> None:
    ours = with_our_door(member)
    together.shares(member, lead, "named")
    together.shares(ours, lead, "named", checklist=OURS[0])
    together.shares(member, lead, None)
    with Session(member.engine) as db:
        assert {one.checklist_id for one in db.execute(select(SharedAssessment)).scalars()} == {OURS[0]}
        assert {one.assessment_id for one in db.execute(select(SharedStand)).scalars()} == {ours.assessment}


@pytest.mark.parametrize("forged", ["no-such-checklist", "a\0b", "\ud800", ""])
def test_only_a_checklist_that_is_here_is_shared(lead: House, member: House, forged: str) -> None:
    before = cast.everything(member.engine)
    for how in ("named", None):
        with pytest.raises(NotFound, match="checklist"):
            member.write(share, lead.actor.agency_id, forged, member.cycle, how, 0)
    assert cast.everything(member.engine) == before


def test_a_checklist_on_the_shelf_can_be_shared_before_it_is_rated(lead: House, member: House) -> None:
    together.shares(member, lead, "named", checklist="pulse")
    together.shares(member, lead, None, checklist="pulse")


def test_what_was_withdrawn_and_shared_again_is_what_it_was(lead: House, member: House) -> None:
    together.shares(member, lead, "aggregate")
    before = seen(lead, lead)
    together.shares(member, lead, None)
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
    assert (one.how, one.submitted, one.assessments) == ("named", 1, 1)


def test_what_was_withdrawn_and_shared_again_is_not_what_was_shown(lead: House, member: House) -> None:
    together.shares(member, lead, "aggregate")
    shown = together.version(member, lead)
    together.shares(member, lead, None)
    together.shares(member, lead, "named")
    for how in ("blinded", None):
        with pytest.raises(Conflict):
            together.shares(member, lead, how, shown)
    assert [one.how for one in member.read(sharings, lead.actor.agency_id)] == ["named"]


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
    together.shares(member, lead, None)
    told = [(one.act, one.before, one.after) for one in member.read(audit_trail).entries if one.thing == "share"]
    assert told == [("withdraw", "named", ""), ("share", "", "named")]
