"""Who sees and rates whom among the staff, role by role; and that no name and no code gets to where it must not be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import update

from assessments.errors import NotAllowed, NotFound, ToolkitError
from assessments.rules import sight as rules
from assessments.rules.competency import Given, RaterKind, standing
from assessments.rules.rolled_up import FEWEST, share
from assessments.store import database
from assessments.store.access import RIGHTS, Actor
from assessments.store.tables import Agency, StaffMember, Table
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.attendance import mark_attendance, trained
from assessments.use_cases.competencies import competency_ratings, rate_competency
from assessments.use_cases.courses import CourseDetails, add_course, courses
from assessments.use_cases.deliveries import File, deliver, hand_out
from assessments.use_cases.holding import seen_staff
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.learning import learned
from assessments.use_cases.matrix import matrix
from assessments.use_cases.one_person import one_person, seen_members
from assessments.use_cases.staff import StaffDetails, add_member, export_names, roster, tie_person
from assessments.use_cases.staff_beside import staff_beside
from assessments.use_cases.staff_counts import staff_shares
from assessments.use_cases.staff_intake import StaffPreview, preview_staff, take_in_staff
from assessments.use_cases.trail import audit_trail
from assessments.use_cases.training import training_plan
from assessments.use_cases.training_sessions import SessionDetails, add_session, training_sessions
from tests.use_cases import cast
from tests.use_cases.cast import House
from tests.use_cases.test_rights import ONES_OWN, USE_CASES, furnished

TODAY = cast.NOW.date()
NAME, CODE = "Zephyrine Quillfeather", "ZQX-771"
"""Of the staff member who must not turn up anywhere else."""
NOTE = "Wobblethwaite asked her to step outside"
CANARY = re.compile(rf"{NAME}|{CODE}|{NOTE}")
MEMBERS = Table.metadata.tables["staff_member"]
WHOM = ("own", "own team", "team of the team", "other team", "other agency")
SEEN: Mapping[str, frozenset[str]] = {
    "owner": frozenset(WHOM[:4]),
    "trainer": frozenset(WHOM[:4]),
    "supervisor": frozenset(WHOM[:3]),
    "staff-member": frozenset(WHOM[:1]),
}
"""By role, of whom single ratings are seen; by a role that is not here, of nobody."""
ROLES = (*SEEN, "agency-administrator", "assessor", "auditor", "collaborative-lead", "host-administrator")
READS: Mapping[str, Callable[[House, str], Any]] = {
    "matrix": lambda house, who: house.read(matrix, TODAY, cast.STAFF, [who]),
    "competency_ratings": lambda house, who: house.read(competency_ratings, cast.STAFF, [who]),
    "one_person": lambda house, who: house.read(one_person, TODAY, who, cast.STAFF),
    "trained": lambda house, who: house.read(trained, [who]),
}
LISTS: Mapping[str, Callable[..., Any]] = {
    "seen_members": seen_members,
    "seen_staff": lambda db, actor: seen_staff(db, actor, TODAY).members,
}
RATES: Mapping[tuple[str, RaterKind], frozenset[str]] = {
    ("trainer", "observer"): frozenset(WHOM[1:4]),
    ("trainer", "knowledge-check"): frozenset(WHOM[1:4]),
    ("trainer", "supervisor"): frozenset(),
    ("trainer", "self"): frozenset(WHOM[:1]),
    ("supervisor", "supervisor"): frozenset(WHOM[1:3]),
    ("supervisor", "observer"): frozenset(WHOM[1:3]),
    ("supervisor", "self"): frozenset(WHOM[:1]),
    ("staff-member", "self"): frozenset(WHOM[:1]),
    ("staff-member", "supervisor"): frozenset(),
    ("staff-member", "observer"): frozenset(),
    ("agency-administrator", "supervisor"): frozenset(),
    ("assessor", "observer"): frozenset(),
}


class Held(NamedTuple):
    """Ids of a course, of a session of it and of somebody in another team, with the version of that member."""

    course: str
    session: str
    member: str
    version: int


@dataclass(frozen=True)
class Team:
    """`ids` of the five that are asked for, each rated once; `me` signs in as the first of them."""

    house: House
    ids: Mapping[str, str]
    me: Actor

    def as_(self, role: str) -> House:
        with database.writing(self.house.engine) as db:
            membership = Table.metadata.tables["membership"]
            db.execute(membership.delete().where(membership.c.person_id == self.me.person_id))
            db.execute(membership.insert().values(agency_id=self.me.agency_id, person_id=self.me.person_id, role=role))
        return self.house.seen_by(self.me)


@pytest.fixture
def team(house: House, neighbor: House) -> Team:
    role = house.write(add_job_role, cast.STAFF, RoleProfile("Night nurse", {"STF-01": 3}))
    ids: dict[str, str] = {}
    above = {"own team": "own", "team of the team": "own team"}
    for number, who in enumerate(WHOM[:4]):
        name, code = (NAME, CODE) if who == "other team" else (f"Worker {number}", f"W-{number}")
        details = StaffDetails(
            code, house.site, cast.STARTED, None, name, frozenset({role}), ids.get(above.get(who, ""), "")
        )
        ids[who] = house.write(add_member, details)
    theirs = neighbor.write(add_job_role, cast.STAFF, RoleProfile("Night nurse", {"STF-01": 3}))
    away = StaffDetails("N-1", neighbor.site, cast.STARTED, None, "Nora", frozenset({theirs}))
    ids["other agency"] = neighbor.write(add_member, away)
    for who in WHOM[:4]:
        house.write(rate_competency, ids[who], cast.STAFF, "STF-01", Given("supervisor", TODAY, 2), None, "A word")
    me = cast.joins(house.engine, house.actor.agency_id, "staff-member", "Mia Moss")
    with database.writing(house.engine) as db:
        db.execute(update(StaffMember).where(MEMBERS.c.id == ids["own"]).values(person_id=me.person_id))
    return Team(house, ids, me)


def refusal(act: Callable[[], Any]) -> type[ToolkitError] | None:
    try:
        act()
    except (NotAllowed, NotFound) as refused:
        return type(refused)
    return None


def seen(team: Team, role: str) -> dict[str, set[str]]:
    """By use case, of whom it gave something."""
    mine = team.as_(role)
    return {
        name: {who for who in WHOM if refusal(partial(read, mine, team.ids[who])) is None}
        for name, read in READS.items()
    }


def test_each_role_sees_the_ratings_of_those_and_of_nobody_else(team: Team) -> None:
    for role in ROLES:
        wanted = set(SEEN.get(role, ()))
        assert seen(team, role) == dict.fromkeys(READS, wanted), role
        mine = team.as_(role)
        for name, listed in LISTS.items():
            if role in RIGHTS[name]:
                assert {one.id for one in mine.read(listed)} == {team.ids[who] for who in wanted}, (role, name)


def test_control_without_the_guard_the_table_is_broken(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    def everybody(*given: Any) -> rules.Sight:
        found = frozenset(team.ids.values())
        return rules.Sight(found, found)

    monkeypatch.setattr(rules, "sight", everybody)
    assert seen(team, "staff-member")["matrix"] > SEEN["staff-member"]


def test_each_role_rates_those_and_nobody_else(team: Team) -> None:
    for number, ((role, kind), wanted) in enumerate(RATES.items(), start=2):
        mine, check = team.as_(role), kind == "knowledge-check"
        given = Given(kind, date(2026, 11, 1), None if check else 1, "", 3 if check else None, 9 if check else None)

        def rate(who: str, house: House = mine, given: Given = given, name: str = f"STF-{number:02}") -> Any:
            return house.write(rate_competency, team.ids[who], cast.STAFF, name, given, None)

        assert {who for who in WHOM if refusal(partial(rate, who)) is None} == wanted, (role, kind)


@pytest.mark.parametrize("named", [False, True])
def test_the_name_is_seen_by_those_alone_whom_it_is_for(team: Team, named: bool) -> None:
    with database.writing(team.house.engine) as db:
        db.execute(update(Agency).values(names_for_trainers=named))
    for role in (*SEEN, "agency-administrator"):
        mine = team.as_(role)
        told = repr((mine.read(roster), mine.read(seen_members), mine.read(seen_staff, TODAY)))
        assert (NAME in told) == (role in ("owner", "agency-administrator") or (role == "trainer" and named)), role
        assert (CODE in told) == (role in ("owner", "trainer", "agency-administrator")), role


def test_control_without_the_guard_the_table_of_ratings_is_broken(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, given = team.as_("trainer"), Given("supervisor", date(2026, 11, 1), 1)
    assert "own team" not in RATES["trainer", "supervisor"]

    def rate() -> Any:
        return mine.write(rate_competency, team.ids["own team"], cast.STAFF, "STF-02", given, None)

    assert refusal(rate) is NotAllowed
    monkeypatch.setattr(rules.Sight, "may_rate", lambda *_given: True)
    assert refusal(rate) is None


def test_a_rater_is_named_to_those_alone_who_may_know_the_name(team: Team) -> None:
    """What somebody gave themselves would otherwise tell who is behind the code."""
    self_rating = Given("self", TODAY, 2)
    team.as_("staff-member").write(rate_competency, team.ids["own"], cast.STAFF, "STF-01", self_rating, None)
    assert raters_of(team, team.me, "staff-member") == {"Mia Moss", "Ann Able"}, "her own; and Ann is on no roster"
    trainer = cast.joins(team.house.engine, team.me.agency_id, "trainer", "Tess Tull")
    assert raters_of(team, trainer, "trainer") == {"W-0", "Ann Able"}
    with database.writing(team.house.engine) as db:
        db.execute(update(StaffMember).values(person_id=None))
    assert raters_of(team, trainer, "trainer") == {"W-0", "Ann Able"}, "also once nobody signs in as them any more"
    with database.writing(team.house.engine) as db:
        db.execute(update(Agency).values(names_for_trainers=True))
    assert raters_of(team, trainer, "trainer") == {"Mia Moss", "Ann Able"}


def raters_of(team: Team, who: Actor, role: str) -> set[str]:
    """Of the ratings of the first of the five."""
    mine = team.as_(role) if who == team.me else team.house.seen_by(who)
    found = mine.read(competency_ratings, cast.STAFF, [team.ids["own"]])
    return {one.given_by for ones in found.values() for one in ones}


def test_the_trail_tells_neither_the_rating_nor_the_name(team: Team) -> None:
    told = repr(team.as_("auditor").read(audit_trail, most=1_000))
    assert NAME not in told and "A word" not in told


def test_the_neighbor_meets_neither_name_nor_code(team: Team, neighbor: House) -> None:
    told = repr((neighbor.read(roster), neighbor.read(seen_members), neighbor.read(audit_trail, most=1_000)))
    assert NAME not in told and CODE not in told
    assert "Nora" in told, "the control: what is theirs they meet"


def told_by_all(house: House) -> str:
    """What every use case returns to the owner, with arguments of their own. Whatever it did is undone. Left out are
    the acts of the person of this machine alone, and return nothing.
    """
    calls, told = furnished(house).calls, []
    assert set(calls) == set(RIGHTS)
    for name in calls.keys() - ONES_OWN:
        arguments = calls[name]
        with database.writing(house.engine) as db:
            told.append(repr(USE_CASES[name](db, house.actor, *arguments)))
            db.rollback()
    return "\n".join(told)


def test_nothing_that_a_neighbor_can_call_tells_of_them(team: Team, neighbor: House) -> None:
    given = Given("supervisor", TODAY, 1)
    team.house.write(rate_competency, team.ids["other team"], cast.STAFF, "STF-05", given, None, NOTE)
    theirs = told_by_all(neighbor)
    assert "Nora" in theirs, "what is theirs they meet"
    assert CANARY.findall(theirs) == []
    assert set(CANARY.findall(told_by_all(team.house))) >= {NAME, CODE}, "the control: at home they are met"


# By use case that no table above holds: how it is called, and which roles are not refused.
EVERYBODY_HERE = frozenset({"owner", "agency-administrator", "trainer", "supervisor", "staff-member"})
KEEPS = frozenset({"owner", "agency-administrator"})
PLANS = frozenset({"owner", "trainer"})
READERS = frozenset({"owner", "agency-administrator", "assessor", "trainer", "supervisor", "collaborative-lead"})
ACTS: Mapping[str, tuple[Callable[[House, Held], Any], frozenset[str]]] = {
    "courses": (lambda house, _held: house.read(courses, cast.STAFF), EVERYBODY_HERE),
    "training_sessions": (lambda house, _held: house.read(training_sessions), EVERYBODY_HERE),
    "training_plan": (lambda house, _held: house.read(training_plan, TODAY, cast.STAFF), PLANS),
    "learned": (lambda house, held: house.read(learned, TODAY, cast.STAFF, held.course), PLANS),
    "seen_staff": (lambda house, _held: house.read(seen_staff, TODAY), EVERYBODY_HERE | READERS),
    "staff_beside": (lambda house, _held: house.read(staff_beside, TODAY, house.assessment), READERS),
    "export_names": (lambda house, _held: house.write(export_names), EVERYBODY_HERE),
    "preview_staff": (lambda house, _held: house.read(preview_staff, []), KEEPS),
    "take_in_staff": (lambda house, _held: house.write(take_in_staff, [], StaffPreview()), KEEPS),
    "tie_person": (lambda house, held: house.write(tie_person, held.member, "", held.version), KEEPS),
    "mark_attendance": (
        lambda house, held: house.write(mark_attendance, held.session, held.member, "absent", None),
        PLANS,
    ),
}


def test_each_role_does_that_and_nothing_else(team: Team) -> None:
    course = team.house.write(add_course, cast.STAFF, CourseDetails("Smoke", 2, "in-person", teaches={"STF-01": 3}))
    session, member = team.house.write(add_session, SessionDetails(course, TODAY)), team.ids["other team"]
    for role in ROLES:
        mine = team.as_(role)
        for name, (act, roles) in ACTS.items():
            version = next(one.version for one in team.as_("owner").read(roster) if one.id == member)
            mine = team.as_(role)
            refused = refusal(partial(act, mine, Held(course, session, member, version)))
            assert (refused is None) == (role in roles), (role, name, refused)


def test_of_a_session_each_sees_the_marks_of_those_whom_they_see(team: Team) -> None:
    course = team.house.write(add_course, cast.STAFF, CourseDetails("Smoke", 2, "in-person", teaches={"STF-01": 3}))
    session = team.house.write(add_session, SessionDetails(course, TODAY))
    for who in WHOM[:4]:
        team.house.write(mark_attendance, session, team.ids[who], "attended", None)
    for role in EVERYBODY_HERE:
        (line,) = team.as_(role).read(training_sessions)
        assert set(line.attendance) == {team.ids[who] for who in SEEN.get(role, WHOM[:1])}, role
        assert line.attended is None, "four are too few to say how many came"


def test_a_file_about_somebody_is_not_handed_out_once_they_are_out_of_sight(team: Team) -> None:
    mine, file = team.as_("supervisor"), File("one-person.html", "text/html", b"<p>", "one_person")

    def waiting() -> str:
        address: str = mine.write(deliver, "a browser", file, team.ids["own team"])
        return address.rsplit("/", 1)[1]

    token = waiting()
    with database.writing(mine.engine) as db:
        assert hand_out(db, cast.NOW, "a browser", token) == file
    token = waiting()
    above = Table.metadata.tables["supervision"]
    with database.writing(mine.engine) as db:
        db.execute(above.delete())
    with database.writing(mine.engine) as db:
        assert hand_out(db, cast.NOW, "a browser", token) is None
    with pytest.raises(NotAllowed):
        waiting()


def test_a_file_with_names_is_not_handed_out_once_they_are_not_to_be_seen(team: Team) -> None:
    """By code it still is: the ratings are the trainer's to see without names too."""
    with database.writing(team.house.engine) as db:
        db.execute(update(Agency).values(names_for_trainers=True))
    mine, everybody = team.as_("trainer"), frozenset(team.ids[who] for who in WHOM[:4])
    coded = File("competencies.html", "text/html", b"<p>", "matrix", everybody)
    named = replace(coded, content=b"<b>", names=everybody)

    def waiting(file: File) -> str:
        address: str = mine.write(deliver, "a browser", file, "perinatal-staff")
        return address.rsplit("/", 1)[1]

    def content(token: str) -> bytes | None:
        with database.writing(mine.engine) as db:
            found = hand_out(db, cast.NOW, "a browser", token)
        return found.content if found else None

    assert content(waiting(named)) == named.content
    tokens = waiting(named), waiting(coded)
    with database.writing(team.house.engine) as db:
        db.execute(update(Agency).values(names_for_trainers=False))
    assert [content(token) for token in tokens] == [None, coded.content]
    with pytest.raises(NotAllowed):
        waiting(named)


def test_of_a_file_about_one_person_the_trail_says_whose_by_code(team: Team) -> None:
    file = File("one-person.html", "text/html", b"<p>", "one_person")
    team.house.write(deliver, "a browser", file, team.ids["other team"])
    team.house.write(
        deliver,
        "a browser",
        replace(file, right="matrix", of=frozenset(team.ids.values()) - {team.ids["other agency"]}),
        "all",
    )
    several, one = [entry.after for entry in team.house.read(audit_trail, act="export").entries]
    assert (several, one) == (file.name, f"{file.name}, of {CODE}")


@given(some.lists(some.tuples(some.sampled_from((None, 1, 3)), some.none() | some.integers(0, 4)), max_size=14))
def test_no_share_is_shown_of_fewer_than_five(people: list[tuple[int | None, int | None]]) -> None:
    rated = [
        standing(target, [Given("supervisor", TODAY, level, "live")] if level is not None else [], TODAY)
        for target, level in people
    ]
    found = share(rated)
    needed = [one for one in rated if one.target is not None]
    known = [one for one in needed if one.is_known]
    if len(known) < FEWEST:
        assert found.shown != "shown"
        assert (found.at_target, found.rated, found.needed, found.median) == (None,) * 4


def test_a_site_of_four_has_no_share_however_it_is_asked_for(team: Team) -> None:
    other = team.house.write(add_site, SiteDetails("Second Street", "outpatient"))
    for site in (team.house.site, other):
        found = team.as_("assessor").read(staff_shares, TODAY, site, cast.STAFF)
        assert all(one.shown != "shown" and one.at_target is None for one in found.values())
        assert not re.search(rf"{NAME}|{CODE}", repr(found))
