"""Ratings of staff: who may give which to whom for which day, and that nothing acknowledged is ever lost."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from assessments.errors import BadInput, Conflict, LooksLikeClientData, NotAllowed, NotFound, ToolkitError
from assessments.rules.competency import KINDS, Given, RaterKind, ShownIn
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import StaffMember
from assessments.use_cases.competencies import (
    Shown,
    Stored,
    competency_ratings,
    ratable,
    rate_competency,
    take_out_competency_rating,
)
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.matrix import matrix
from assessments.use_cases.staff import StaffDetails, add_member
from tests.beginnings import begun
from tests.use_cases.cast import NOW, STAFF, STARTED, House, everything, joins, riverbend

RUNS = 500 if os.environ.get("PLUMBLINE_LONG") else 6
TODAY = NOW.date()
KNOWS, CAN = "STF-01", "STF-07"
LEFT = date(2026, 6, 30)


class Team:
    """Nell, whom Sam supervises, and Lou, who has left; neither has anything to do with Val, another supervisor."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {KNOWS: 3, CAN: 3}))
        self.sam = self.add("S-1")
        self.nell = self.add("N-1", supervisor_id=self.sam)
        self.lou = self.add("L-1", supervisor_id=self.sam, ends=LEFT)

    def add(self, code: str, **details: Any) -> str:
        made = StaffDetails(code, self.house.site, STARTED, roles=frozenset({self.role}))
        staff_id: str = self.house.write(add_member, replace(made, **details))
        return staff_id

    def signs_in(self, role: str, staff_id: str = "") -> House:
        """Somebody in that role, and who they are on the roster."""
        actor: Actor = joins(self.house.engine, self.house.actor.agency_id, role, f"{role} {staff_id[:4]}")
        if staff_id:
            with database.writing(self.house.engine) as db:
                member = db.get(StaffMember, (actor.agency_id, staff_id))
                assert member
                member.person_id = actor.person_id
                db.add(member)
        return self.house.seen_by(actor)


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    engine = database.connect(sqlite_url)
    yield Team(begun(engine, riverbend))
    engine.dispose()


@pytest.fixture
def team_on_each(house: House) -> Team:
    """What a store can do differently is tried on each kind of it."""
    return Team(house)


def give(
    house: House,
    staff_id: str,
    level: int | None = 2,
    kind: RaterKind = "supervisor",
    on: date = TODAY,
    shown: Shown = None,
    *,
    indicator: str = KNOWS,
    shown_in: ShownIn = "",
    note: str = "",
) -> Shown:
    given = Given(kind, on, level, shown_in)
    after: Shown = house.write(rate_competency, staff_id, STAFF, indicator, given, shown, note)
    return after


def stored(house: House, staff_id: str, indicator: str = KNOWS) -> list[Stored]:
    found: dict[tuple[str, str], list[Stored]] = house.read(competency_ratings, STAFF, [staff_id])
    return found.get((staff_id, indicator), [])


def refusal(act: Callable[[], Any]) -> type[ToolkitError] | None:
    try:
        act()
    except ToolkitError as error:
        return type(error)
    return None


def test_a_rating_is_kept_beside_those_of_other_days(team: Team) -> None:
    february = give(team.house, team.nell, 3, on=date(2026, 2, 1), shown_in="note")
    give(team.house, team.nell, 2, shown=february, note="Asks before telling")
    assert [(one.given.on, one.given.level, one.note) for one in stored(team.house, team.nell)] == [
        (TODAY, 2, "Asks before telling"),
        (date(2026, 2, 1), 3, ""),
    ]


def test_a_second_word_on_one_day_takes_the_place_of_the_first(team_on_each: Team) -> None:
    first = give(team_on_each.house, team_on_each.nell, 2)
    second = give(team_on_each.house, team_on_each.nell, 1, shown=first)
    assert [one.given.level for one in stored(team_on_each.house, team_on_each.nell)] == [1]
    before = everything(team_on_each.house.engine)
    assert give(team_on_each.house, team_on_each.nell, 1, shown=second) == second
    assert everything(team_on_each.house.engine) == before, "the same again is nothing new"


def test_an_older_day_is_revised_by_whoever_saw_it(team: Team) -> None:
    older = give(team.house, team.nell, 2, on=date(2026, 2, 1))
    newest = give(team.house, team.nell, 1, shown=older)
    with pytest.raises(Conflict):
        give(team.house, team.nell, 0, on=date(2026, 2, 1), shown=newest)
    give(team.house, team.nell, 0, on=date(2026, 2, 1), shown=older)
    assert [one.given.level for one in stored(team.house, team.nell)] == [1, 0]


def test_what_was_taken_out_and_given_again_is_not_what_was_seen(team_on_each: Team) -> None:
    seen = give(team_on_each.house, team_on_each.nell, 2)
    take_out(team_on_each.house, team_on_each.nell, seen)
    give(team_on_each.house, team_on_each.nell, 0)
    with pytest.raises(Conflict):
        give(team_on_each.house, team_on_each.nell, 1, shown=seen)
    with pytest.raises(Conflict):
        take_out(team_on_each.house, team_on_each.nell, seen)
    assert [one.given.level for one in stored(team_on_each.house, team_on_each.nell)] == [0]


def take_out(house: House, staff_id: str, shown: Shown, on: date = TODAY) -> None:
    house.write(take_out_competency_rating, staff_id, STAFF, KNOWS, "supervisor", on, shown)


def test_after_a_mistake_is_taken_out_the_one_before_counts_again(team: Team) -> None:
    older = give(team.house, team.nell, 3, on=date(2026, 2, 1), shown_in="session")
    newest = give(team.house, team.nell, 0, shown=older)
    assert team.house.read(matrix, TODAY, STAFF, [team.nell]).standing(team.nell, KNOWS).level == 0
    with pytest.raises(Conflict):
        take_out(team.house, team.nell, None)
    take_out(team.house, team.nell, newest)
    assert team.house.read(matrix, TODAY, STAFF, [team.nell]).standing(team.nell, KNOWS).level == 3
    with pytest.raises(NotFound):
        take_out(team.house, team.nell, newest)


MAY: dict[str, dict[RaterKind, set[str]]] = {
    "owner": {kind: {"sam", "nell", "lou"} for kind in KINDS},
    "sam": {"self": {"sam"}, "supervisor": {"nell", "lou"}, "observer": {"nell", "lou"}},
    "val": {},
    "trainer": {"observer": {"sam", "nell", "lou"}, "knowledge-check": {"sam", "nell", "lou"}},
    "nell": {"self": {"nell"}},
    "lou": {"self": {"lou"}},
    "administrator": {},
}
MAY["sam"]["knowledge-check"] = MAY["sam"]["observer"]


def test_who_may_rate_whom_as_what(team_on_each: Team) -> None:
    """Somebody who left too, for a day on which they were here; and the list of whom one may rate says the same."""
    who = {
        "owner": team_on_each.house,
        "sam": team_on_each.signs_in("supervisor", team_on_each.sam),
        "val": team_on_each.signs_in("supervisor"),
        "trainer": team_on_each.signs_in("trainer"),
        "nell": team_on_each.signs_in("staff-member", team_on_each.nell),
        "lou": team_on_each.signs_in("staff-member", team_on_each.lou),
        "administrator": team_on_each.signs_in("agency-administrator"),
    }
    for name, may in MAY.items():
        if name != "administrator":
            offered = who[name].read(ratable)
            ids = {kind: {one.id for one in members} for kind, members in offered.items()}
            assert ids == {kind: {getattr(team_on_each, one) for one in members} for kind, members in may.items()}, name
        for kind in KINDS:
            for staff in ("sam", "nell", "lou"):
                refused = refusal(lambda: rate_once(who[name], getattr(team_on_each, staff), kind))  # noqa: B023 - called at once
                assert (refused is None) == (staff in may.get(kind, set())), (name, kind, staff, refused)
                assert refused in (None, NotAllowed, NotFound)


def rate_once(house: House, staff_id: str, kind: RaterKind) -> None:
    """And takes it out again, so that the next may."""
    check = (4, 10) if kind == "knowledge-check" else (None, None)
    given = Given(kind, LEFT, None if check[0] else 1, "", *check)
    after = house.write(rate_competency, staff_id, STAFF, KNOWS, given, None)
    house.write(take_out_competency_rating, staff_id, STAFF, KNOWS, kind, LEFT, after)


@pytest.mark.parametrize(
    ("staff", "on", "said"),
    [
        ("nell", TODAY, ""),
        ("nell", STARTED, ""),
        ("nell", TODAY + timedelta(1), "is still to come"),
        ("nell", STARTED - timedelta(1), "N-1 was not here"),
        ("lou", LEFT, ""),
        ("lou", LEFT + timedelta(1), "L-1 was not here"),
    ],
)
def test_the_day_is_one_on_which_they_were_here(team: Team, staff: str, on: date, said: str) -> None:
    if not said:
        give(team.house, getattr(team, staff), on=on)
        return
    with pytest.raises(BadInput, match=said):
        give(team.house, getattr(team, staff), on=on)
    assert stored(team.house, getattr(team, staff)) == []


def test_today_is_the_agency_s_own(team: Team) -> None:
    """Just before midnight in Denver it is tomorrow in Greenwich already."""
    late = NOW.replace(hour=5)
    given = Given("supervisor", TODAY, 2)
    with pytest.raises(BadInput, match="is still to come"):
        team.house.write(rate_competency, team.nell, STAFF, KNOWS, given, None, now=late)


def test_what_was_shown_on_a_leap_day_holds_until_the_last_of_february(team: Team) -> None:
    early = team.add("E-1", starts=date(2024, 1, 2))
    give(team.house, early, 3, on=date(2024, 2, 29), shown_in="live", indicator=CAN)
    states = [
        team.house.read(matrix, day, STAFF, [early]).standing(early, CAN).state
        for day in (date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert states == ["at target", "lapsed"]


@pytest.mark.parametrize("kind", ["supervisor", "observer"])
@pytest.mark.parametrize(
    ("indicator", "level", "shown_in", "said"),
    [
        (CAN, 3, "", "a skill at 3 or above has to be seen"),
        (CAN, 4, "note", "a skill at 3 or above has to be seen"),
        (CAN, 3, "role-play", ""),
        (CAN, 2, "", ""),
        (KNOWS, 3, "", "knowledge at 3 or above has to be shown"),
        (KNOWS, 4, "case-discussion", ""),
        (KNOWS, 4, "live", ""),
        (KNOWS, 5, "live", "has no level 5"),
        (CAN, None, "", ""),
    ],
)
def test_what_is_high_has_to_be_shown(
    team: Team, kind: RaterKind, indicator: str, level: int | None, shown_in: ShownIn, said: str
) -> None:
    if said:
        with pytest.raises(BadInput, match=said):
            give(team.house, team.nell, level, kind, indicator=indicator, shown_in=shown_in)
    else:
        give(team.house, team.nell, level, kind, indicator=indicator, shown_in=shown_in)
    assert bool(stored(team.house, team.nell, indicator)) == (not said)


def test_by_oneself_a_skill_goes_up_to_two(team: Team) -> None:
    with pytest.raises(BadInput, match="is a skill: by oneself it is rated up to 2"):
        give(team.house, team.nell, 3, "self", indicator=CAN, shown_in="live")
    give(team.house, team.nell, 2, "self", indicator=CAN)
    give(team.house, team.nell, 4, "self")


@pytest.mark.parametrize(
    ("indicator", "correct", "asked", "level"),
    [
        (KNOWS, 7, 9, 1),
        (KNOWS, 8, 10, 2),
        (KNOWS, 0, 3, 0),
        (KNOWS, 4, 3, None),
        (KNOWS, 0, 0, None),
        (CAN, 7, 9, None),
    ],
)
def test_a_check_computes_its_level(team: Team, indicator: str, correct: int, asked: int, level: int | None) -> None:
    given = Given("knowledge-check", TODAY, 4, "live", correct, asked)
    refused = refusal(lambda: team.house.write(rate_competency, team.nell, STAFF, indicator, given, None))
    assert refused is (BadInput if level is None else None)
    assert [one.given.level for one in stored(team.house, team.nell, indicator)] == [level] * (level is not None)


def test_a_note_holds_no_client_s_data_unless_someone_says_why(team: Team) -> None:
    given, note = Given("supervisor", TODAY, 2), "Call her on 307-555-0142."
    with pytest.raises(LooksLikeClientData):
        team.house.write(rate_competency, team.nell, STAFF, KNOWS, given, None, note)
    team.house.write(rate_competency, team.nell, STAFF, KNOWS, given, None, note, "Our own front desk")
    assert [one.note for one in stored(team.house, team.nell)] == [note]


# Two raters on one competency, each with a view that may be stale, do anything in any order.

DATES = [TODAY - timedelta(days) for days in (0, 1, 2)]
RATER = st.integers(0, 1)
Rate = Callable[[House, str, date, int, list[Stored]], Shown]


def stands(view: list[Stored], on: date) -> Stored | None:
    return next((one for one in view if one.given.on == on), view[0] if view else None)


def compare_and_swap(house: House, staff: str, on: date, level: int, view: list[Stored]) -> Shown:
    seen = stands(view, on)
    return give(house, staff, level, on=on, shown=seen.shown if seen else None)


def last_write_wins(house: House, staff: str, on: date, level: int, _view: list[Stored]) -> Shown:
    """What a web form does that loads the row again as it saves."""
    return compare_and_swap(house, staff, on, level, stored(house, staff))


def machine(team: Team, raters: list[House], save: Rate) -> type[RuleBasedStateMachine]:  # noqa: C901 - one thing
    class TwoRaters(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.staff = team.add(f"T-{next(CODES)}", supervisor_id=team.sam)
            self.views: list[list[Stored]] = [[], []]
            self.acknowledged: dict[date, int] = {}

        @rule(who=RATER)
        def looks_again(self, who: int) -> None:
            self.views[who] = stored(raters[who], self.staff)
            assert {one.given.on: one.given.level for one in self.views[who]} == self.acknowledged

        @rule(who=RATER, on=st.sampled_from(DATES), level=st.integers(0, 2))
        def rates(self, who: int, on: date, level: int) -> None:
            def save_it() -> None:
                save(raters[who], self.staff, on, level, self.views[who])
                self.acknowledged[on] = level

            self.act(who, on, save_it)

        @rule(who=RATER, on=st.sampled_from(DATES))
        def takes_out(self, who: int, on: date) -> None:
            seen = next((one for one in self.views[who] if one.given.on == on), None)
            if seen is None:
                return

            def take_it() -> None:
                take_out(raters[who], self.staff, seen.shown, on)
                del self.acknowledged[on]

            self.act(who, on, take_it)

        def act(self, who: int, on: date, act: Callable[[], None]) -> None:
            now = stored(raters[who], self.staff)
            fresh = stands(now, on) == stands(self.views[who], on)
            refused = refusal(act)
            if refused is None:
                assert fresh, "an unseen overwrite"
                self.views[who] = stored(raters[who], self.staff)
            else:
                assert not fresh and refused in (Conflict, NotFound)
                assert stored(raters[who], self.staff) == now, "who was refused changed nothing"

    return TwoRaters


def counted() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


CODES = counted()


@pytest.fixture
def raters(team: Team) -> tuple[Team, list[House]]:
    """One person in two tabs: what somebody else gave on a day is nobody's to change."""
    return team, [team.house, team.house]


def test_what_somebody_else_gave_on_that_day_is_kept(team: Team) -> None:
    other = team.signs_in("supervisor", team.sam)
    staff = team.add("T-1", supervisor_id=team.sam)
    team.house.write(rate_competency, staff, STAFF, KNOWS, Given("supervisor", TODAY, 2), None)
    (there,) = stored(other, staff)
    with pytest.raises(NotAllowed, match="what each gave is kept"):
        other.write(rate_competency, staff, STAFF, KNOWS, Given("supervisor", TODAY, 1), there.shown)
    with pytest.raises(NotAllowed, match="what each gave is kept"):
        take_out(other, staff, there.shown)
    other.write(rate_competency, staff, STAFF, KNOWS, Given("supervisor", TODAY - timedelta(days=1), 1), there.shown)
    assert [one.given.level for one in stored(other, staff)] == [2, 1]


def run(raters: tuple[Team, list[House]], save: Rate, runs: int) -> None:
    chosen = settings(
        max_examples=runs,
        stateful_step_count=25,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(*raters, save), settings=chosen)


def test_nothing_acknowledged_is_lost_and_nothing_overwritten_unseen(raters: tuple[Team, list[House]]) -> None:
    run(raters, compare_and_swap, RUNS)


def test_control_the_machine_finds_last_write_wins(raters: tuple[Team, list[House]]) -> None:
    with pytest.raises(AssertionError, match="an unseen overwrite"):
        run(raters, last_write_wins, 50)
