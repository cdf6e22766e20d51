"""The demonstration: invented throughout, the same every time, apart from anybody's data, and removable."""

import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from assessments import __main__ as command
from assessments import (
    demo,
    demo_cast,
    demo_helped,
    demo_partners,
    demo_plan,
    demo_plans,
    demo_raters,
    demo_staff,
    demo_together,
    demo_training,
)
from assessments.rules import identifiers
from assessments.rules.competency import State as Standing
from assessments.rules.parts import parts
from assessments.rules.ratings import State, strength
from assessments.rules.rolled_up import FEWEST
from assessments.store import database, place
from assessments.store.access import Actor
from assessments.store.database import Engine
from assessments.store.tables import Table
from assessments.use_cases.agencies import (
    AgencyDetails,
    CycleDetails,
    SiteDetails,
    agencies_of,
    cycles,
    local_person,
    set_up,
)
from assessments.use_cases.agreements import lapsing_agreements
from assessments.use_cases.assessments import assessments, last_place
from assessments.use_cases.collaboratives import collaboratives, members
from assessments.use_cases.consensus import comparison
from assessments.use_cases.counts_together import counts_together, counts_waiting
from assessments.use_cases.matrix import matrix
from assessments.use_cases.partners import partners
from assessments.use_cases.peer_asks import asks_to_pass, peer_asks
from assessments.use_cases.peers import peer_help
from assessments.use_cases.plans import OPEN, Plan, plan
from assessments.use_cases.quarter_counts import quarter_counts
from assessments.use_cases.raters import raters
from assessments.use_cases.readers import readers_differ
from assessments.use_cases.review_results import review_results
from assessments.use_cases.reviews import reviews
from assessments.use_cases.shared import shared_sites
from assessments.use_cases.sheets import sheet
from assessments.use_cases.sites_beside import questions_together, sites_beside, sites_together
from assessments.use_cases.staff import Member, roster
from assessments.use_cases.team import team
from assessments.use_cases.trail import audit_trail, verify_trail

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
STAFF = demo_staff.STAFF
RATED = ("STF-01", "STF-04", "STF-23", "STF-24")


def opened(url: str) -> Engine:
    engine = database.connect(url)
    database.migrate(engine)
    return engine


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIT_KEY", "the key of the demonstration under test")
        engine = opened(place.sqlite_url(tmp_path_factory.mktemp("demonstration")))
        demo.furnish(engine, NOW)
        yield engine
        engine.dispose()


@pytest.fixture(autouse=True)
def same_key(monkeypatch: pytest.MonkeyPatch, furnished: Engine) -> None:
    monkeypatch.setenv("AUDIT_KEY", "the key of the demonstration under test")


@pytest.mark.slow
def test_it_is_furnished_while_the_agency_still_has_yesterday(tmp_path: Path) -> None:
    engine = opened(place.sqlite_url(tmp_path))
    demo.furnish(engine, datetime(2026, 11, 22, 0, 14, tzinfo=UTC))
    with database.reading(engine) as db:
        assert local_person(db)
    engine.dispose()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = [table.name for table in Table.metadata.sorted_tables]
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


def actors(engine: Engine) -> list[Actor]:
    with database.reading(engine) as db:
        person = local_person(db)
        assert person
        return [Actor(person.id, agency.id) for agency in agencies_of(db, person.id)]


def test_every_agency_is_marked_as_invented(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        person = local_person(db)
        assert person
        mine = agencies_of(db, person.id)
        assert {agency.state for agency in mine} == {"MA", "WY", "VT"}
        assert len(mine) == 5, "the cast, the collaborative, and its guest"
        assert all(agency.invented and "(invented)" in agency.name for agency in mine)
        assert "(invented)" in person.name


def test_furnishing_twice_changes_nothing(furnished: Engine) -> None:
    before = counts(furnished)
    demo.furnish(furnished, NOW)
    assert counts(furnished) == before
    assert before["agency"] == 5 + len(demo_together.NEIGHBORS)
    assert before["rating"] > 100


def test_there_is_something_of_everything_to_look_at(furnished: Engine) -> None:
    states, strengths, notes, statuses = set(), set(), set(), set()
    with database.reading(furnished) as db:
        for actor in actors(furnished):
            for one in assessments(db, actor):
                statuses.add(one.status)
                rows = sheet(db, actor, one.id).rows.values()
                states |= {row.answer.state for row in rows} | ({State.UNRATED} if one.answered < one.total else set())
                strengths |= {strength(row.rated.evidence) for row in rows}
                notes |= {bool(row.note) for row in rows}
    assert states == set(State)
    assert strengths >= {0, 2, 3, 4}
    assert notes == {True, False}
    assert statuses == {"draft", "submitted"}


def plans(engine: Engine) -> list[Plan]:
    with database.reading(engine) as db:
        return [one for who in actors(engine) for listed in assessments(db, who) for one in plan(db, who, listed.id)]


def test_two_raters_differ_and_have_agreed_on_part_of_it(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        (actor, listed), *more = [
            (actor, one)
            for actor in actors(furnished)
            for one in assessments(db, actor)
            if one.checklist_id != demo_helped.CAPACITY and raters(db, actor, one.id).raters
        ]
        found, opened = comparison(db, actor, listed.id), sheet(db, actor, listed.id)
    groups = {row.group for row in found.rows}
    assert not more and len(found.names) == 2
    assert groups >= {"same", "one apart", "two or more apart"}
    assert found.pairs[0].agreements.whole.compared >= 20
    agreed = {name for name, row in opened.rows.items() if row.because}
    assert agreed == opened.answered and 0 < len(agreed) < listed.total
    assert any(row.to_discuss and row.indicator in agreed for row in found.rows)
    assert any(row.to_discuss and row.indicator not in agreed for row in found.rows)


def test_a_plan_has_something_overdue_something_soon_and_a_measure_long_enough(furnished: Engine) -> None:
    found, today = plans(furnished), NOW.date()
    actions = [action.details for one in found for action in one.actions]
    late = [one for one in actions if one.status in OPEN and one.due and one.due < today]
    soon = [one for one in actions if one.status in OPEN and one.due and today <= one.due <= today + timedelta(days=7)]
    assert (len(found), len(late), len(soon)) == (2, 1, 1)
    assert any(one.status == "done" and one.evidence for one in actions)
    assert {test.details.decision for one in found for test in one.rounds} == {"adopt", ""}
    (measure,) = [measure for one in found for measure in one.measures]
    assert len(measure.values) == 14 and measure.values[-1].on <= today


def test_the_staff_stand_everywhere_that_a_staff_can_stand(furnished: Engine) -> None:
    today = NOW.date()
    with database.reading(furnished) as db:
        actor = next(one for one in actors(furnished) if roster(db, one))
        here = [one.id for one in roster(db, actor) if one.is_here(today)]
        found = matrix(db, actor, today, STAFF, here)
        states = {one.state for who in here for one in found.of_staff(who).values()}
        at_target = [sum(one.state == "at target" for one in found.of_indicator(name).values()) for name in RATED]
        (counted,) = [one for one in assessments(db, actor) if one.counted == "staff"]
        answers = {row.answer.state for row in sheet(db, actor, counted.id).rows.values()}
    assert len(here) < len(roster_of(furnished, actor)), "somebody has left"
    assert states == set(get_args(Standing))
    assert {0, 1} <= set(at_target)
    assert {State.LEVEL, State.CANNOT_JUDGE} <= answers
    trained = set(demo_training.TRAINED)
    assert (
        len(trained)
        >= FEWEST
        <= sum(one.level is not None for one in demo_staff.WORKERS[demo_staff.HOUSE]) - len(trained)
    )


def test_one_site_has_few_plans_and_one_a_draw_with_two_readers(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        found = {line.site: (actor, line) for actor in actors(furnished) for line in reviews(db, actor)}
        (actor, drawn), (other, few) = found["Harbor House, residential"], found["Sagebrush clinic"]
        assert (drawn.listed, drawn.drawn, drawn.second) == (40, 24, 5) and drawn.compared_at
        assert (few.listed, few.drawn, len(few.reads)) == (6, 6, 2)
        result = review_results(db, actor, drawn.reads[0].assessment)
        whole = review_results(db, other, few.reads[0].assessment)
        unlike = readers_differ(db, actor, drawn.reads[0].assessment)
        answers = sheet(db, actor, drawn.reads[0].assessment).rows.values()
    assert whole.read.read == 6 and 0 < result.read.read < result.read.drawn
    assert result.critical.met and result.critical.not_met
    assert {one.agreed.state for one in unlike} > {State.UNRATED}
    assert {row.answer.of for row in answers} - {None}


def test_agreements_are_in_force_lapse_soon_and_have_lapsed(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        actor = next(one for one in actors(furnished) if partners(db, one))
        assert {one.how for one in lapsing_agreements(db, actor, NOW.date())} == {"very soon", "lapsed"}
        assert len(partners(db, actor)) == 5
        assert sum(line.version for line in quarter_counts(db, actor, NOW.date())) == 4
        site = next(one.site_id for one in reviews(db, actor))
        roles = team(db, actor, NOW.date(), site)
    assert any(role.details.holder for role in roles) and any(role.share.of for role in roles)


def roster_of(engine: Engine, actor: Actor) -> list[Member]:
    with database.reading(engine) as db:
        return roster(db, actor)


def test_the_trail_is_kept_in_the_order_of_time(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        for actor in actors(furnished):
            days = [entry.at.date() for entry in audit_trail(db, actor, most=10_000).entries]
            assert days == sorted(days, reverse=True)


def test_one_can_continue_where_the_cast_left_off_and_every_chain_holds(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        first = actors(furnished)[0]
        left = last_place(db, first)
        assert left is not None
        open_sheet = sheet(db, first, left.assessment_id)
        here = next(part for part in parts(open_sheet.place.checklist) if part.id == left.part)
        assert [name for name in open_sheet.answered if name in here.indicators]
        assert [verify_trail(db, actor) for actor in actors(furnished)] == [[]] * 5


def test_the_collaborative_shares_in_three_ways_and_has_something_for_both_lists(furnished: Engine) -> None:
    with database.reading(furnished) as db:
        lead = next(one for one in actors(furnished) if collaboratives(db, one) and collaboratives(db, one)[0].leads)
        (line,) = questions_together(db, lead)
        first, second = sorted(cycles(db, lead), key=lambda cycle: cycle.starts)
        found = sites_together(db, lead, line.question, second.id)
        then = sites_together(db, lead, line.question, first.id)
        shared = shared_sites(db, lead, lead.agency_id, line.question)
    assert {one.how for one in shared} == {"aggregate", "blinded", "named"}
    assert {one.blinded for one in found.found.neighbors} == {True, False}
    assert found.together and found.teaching and any(row.summary for row in found.found.domains)
    assert found.earlier == first.name and any(len(row.slopes) > 3 for row in found.since)
    assert "Harbor House" in " ".join(one.label for one in then.found.neighbors)


def named(engine: Engine, name: str) -> Actor:
    with database.reading(engine) as db:
        person = local_person(db)
        assert person
        agency = next(one for one in agencies_of(db, person.id) if one.name.startswith(name))
        return Actor(person.id, agency.id)


def test_help_is_offered_asked_for_and_agreed_to(furnished: Engine) -> None:
    lead, house, lakeside = (named(furnished, name) for name in ("Plains", "Harbor", "Lakeside"))
    with database.reading(furnished) as db:
        found = peer_help(db, house, lead.agency_id)
        (waits,), (agreed,) = (peer_asks(db, one, lead.agency_id).own for one in (house, lakeside))
        assert sorted(one.state for one in asks_to_pass(db, lead)) == ["agreed", "asked"]
    assert len(found.offers) == 2 and all(one.weak for one in found.offers)
    assert (waits.state, agreed.state) == ("asked", "agreed")
    assert agreed.name == demo_helped.ANSWERS and agreed.contact


def test_counts_are_let_out_together_and_one_of_them_is_hidden(furnished: Engine) -> None:
    lead, lakeside = named(furnished, "Plains"), named(furnished, "Lakeside")
    with database.reading(furnished) as db:
        (quarter,) = counts_together(db, lakeside, lead.agency_id).quarters
        assert counts_waiting(db, lead) == []
    assert len(quarter.sites) == 6 and [row.name for row in quarter.sites if row.name] == ["Lakeside birth unit"]
    hidden = [name for row in quarter.sites for name, one in row.counts.items() if one.value is None]
    assert hidden == ["with_referral"]
    assert [name for name, one in quarter.sums.items() if one.value is None] == hidden
    assert {(one.sites, one.of) for one in quarter.sums.values() if one.value} == {(6, 6)}


def test_a_guest_shares_and_the_collaborative_rated_itself(furnished: Engine) -> None:
    lead = named(furnished, "Plains")
    with database.reading(furnished) as db:
        (guest,) = [one for one in members(db, lead) if one.guest]
        (line,) = questions_together(db, lead)
        shared = shared_sites(db, Actor(lead.person_id, guest.id), lead.agency_id, line.question)
        (rated,) = assessments(db, lead)
        found = comparison(db, lead, rated.id)
    assert [one.how for one in shared if one.own] == ["blinded"]
    assert rated.status == "draft" and len(found.names) == 2 and 0 < rated.answered < rated.total
    assert any(row.to_discuss for row in found.rows)


def test_harbor_house_sees_what_has_changed_there(furnished: Engine) -> None:
    lead, house = named(furnished, "Plains"), named(furnished, "Harbor")
    with database.reading(furnished) as db:
        newest = next(one for one in assessments(db, house) if (one.checklist_id, one.status) == ("pulse", "submitted"))
        found = sites_beside(db, house, NOW, lead.agency_id, newest.id)
    assert newest.cycle == "Follow-up 1"
    assert any(slope.neighbor.own for row in found.since for slope in row.slopes)


@pytest.mark.parametrize("hour", range(24))
def test_the_cast_joins_on_one_day_wherever_one_looks(hour: int) -> None:
    now = datetime(2026, 11, 22, hour, 14, tzinfo=UTC)
    zones = [one.agency.time_zone for one in demo_cast.CAST] + [demo_together.TOGETHER.time_zone, "UTC"]
    moments = {demo_together.joined(now.astimezone(ZoneInfo(zone))) for zone in zones}
    assert len({moment.astimezone(ZoneInfo(zone)).date() for moment in moments for zone in zones}) == 1
    assert max(moments) + timedelta(days=1) < now


def test_nothing_that_the_cast_wrote_looks_like_a_clients_data() -> None:
    written = [*demo.NOTES, demo.RESTS_ON, *(line for lines in demo.EVIDENCE.values() for line in lines)]
    written += [demo_plans.REPLACED, demo_partners.NOTIFY, demo_partners.CONSENT]
    written += [one.scope for one in demo_partners.PARTNERS]
    written += [demo_helped.BECAUSE, demo_helped.SAYS, demo_helped.WORD, demo_together.GUEST_AGREED]
    written += [what for _, what in demo_helped.OFFERS.values()]
    written += [*demo_raters.NOTES, *demo_raters.AGREED, *re.findall('"([^"]+)"', inspect.getsource(demo_plan))]
    assert [identifiers.findings(line) for line in written if identifiers.findings(line)] == []


def test_where_somebody_works_already_nobody_invented_moves_in(engine: Engine) -> None:
    with database.writing(engine) as db:
        details = AgencyDetails("Riverbend", "MA", "America/New_York")
        set_up(db, NOW, "Ana", details, SiteDetails("Main"), CycleDetails("Baseline", NOW.date()))
    before = counts(engine)
    demo.furnish(engine, NOW)
    assert counts(engine) == before


@pytest.mark.slow
def test_the_command_furnishes_its_own_folder_and_removing_it_touches_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert command.main(["migrate"]) == 0
    real = tmp_path / "plumbline.db"
    before = real.read_bytes()
    assert command.main(["demo"]) == 0
    folder = tmp_path / place.DEMONSTRATION
    assert str(real) in capsys.readouterr().out
    assert (folder / "plumbline.db").exists()
    assert real.read_bytes() == before
    demo.remove()
    assert not folder.exists()
    assert real.read_bytes() == before


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda folder: (folder / "plumbline.db").write_text("no database, only words " * 9), "not a database"),
        (lambda folder: (folder / "plumbline.db").mkdir(), "unable to open"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_words(
    prepare: object, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert callable(prepare)
    prepare(tmp_path)
    assert command.main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert says in said
    assert str(tmp_path / "plumbline.db") in said
    assert "run this again" in said


@pytest.mark.parametrize("url", ["nonsense", "mysql+nothing://host/name"])
def test_a_wrong_address_is_told_in_words(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert command.main(["migrate"]) == 1
    assert "DATABASE_URL" in capsys.readouterr().err
