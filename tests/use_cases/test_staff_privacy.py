"""Who sees and rates whom among the staff, role by role; and that no name and no code gets to where it must not be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import update

from assessments.errors import NotAllowed, NotFound, ToolkitError
from assessments.rules import sight as rules
from assessments.rules.competency import Given, RaterKind, standing
from assessments.rules.rolled_up import FEWEST, share
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Agency, StaffMember, Table
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.competencies import competency_ratings, matrix, rate_competency
from assessments.use_cases.deliveries import File, deliver, hand_out
from assessments.use_cases.holding import seen_staff
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.one_person import one_person, seen_members
from assessments.use_cases.staff import StaffDetails, add_member, roster
from assessments.use_cases.staff_counts import staff_shares
from assessments.use_cases.trail import audit_trail
from assessments.use_cases.training_sessions import trained
from tests.use_cases import cast
from tests.use_cases.cast import House

TODAY = cast.NOW.date()
NAME, CODE = "Zephyrine Quillfeather", "ZQX-771"
"""Of the staff member who must not turn up anywhere else."""
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
    role = house.write(add_job_role, cast.STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    ids: dict[str, str] = {}
    above = {"own team": "own", "team of the team": "own team"}
    for number, who in enumerate(WHOM[:4]):
        name, code = (NAME, CODE) if who == "other team" else (f"Worker {number}", f"W-{number}")
        details = StaffDetails(
            code, house.site, cast.STARTED, None, name, frozenset({role}), ids.get(above.get(who, ""), "")
        )
        ids[who] = house.write(add_member, details)
    theirs = neighbor.write(add_job_role, cast.STAFF, RoleProfile("Nurse", {"STF-01": 3}))
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
        for listed in (seen_members, lambda db, actor: seen_staff(db, actor, TODAY).members) if role in SEEN else ():
            assert {one.id for one in mine.read(listed)} == {team.ids[who] for who in wanted}, role


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


def test_the_trail_tells_neither_the_rating_nor_the_name(team: Team) -> None:
    told = repr(team.as_("auditor").read(audit_trail, most=1_000))
    assert NAME not in told and "A word" not in told


def test_the_neighbor_meets_neither_name_nor_code(team: Team, neighbor: House) -> None:
    told = repr((neighbor.read(roster), neighbor.read(seen_members), neighbor.read(audit_trail, most=1_000)))
    assert NAME not in told and CODE not in told
    assert "Nora" in told, "the control: what is theirs they meet"


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
