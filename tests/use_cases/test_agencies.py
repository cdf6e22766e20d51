"""Agencies, sites and cycles: set up, renamed with their history, archived, deleted while nothing hangs on them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadyThere, BadInput, NotAllowed, NotConfirmed, NotFound
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Identity, Membership
from assessments.use_cases import agencies, assessments, trail
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.identities import end_access, rename_oneself
from tests.use_cases.cast import BASELINE, HILLTOP, MAIN_STREET, NOW, RIVERBEND, House, everything, joins

SAME_NAMES = [
    "Zoé House",
    "zoé house",
    "Zoe\u0301 House",
    "Zoé House\u200b",
    "Zoé\u00a0House",
    " ZOÉ  HOUSE ",
    "Ｚoé House",
]


def set_up(engine: Engine, agency: AgencyDetails = RIVERBEND, person: str = "Ann Able", **kwargs: Any) -> Actor:
    with database.writing(engine) as db:
        return agencies.set_up(db, NOW, person, agency, MAIN_STREET, BASELINE, **kwargs)


def test_nobody_is_here_before_the_set_up(engine: Engine) -> None:
    with database.reading(engine) as db:
        assert agencies.local_person(db) is None


def test_set_up_makes_person_agency_site_and_cycle(engine: Engine) -> None:
    actor = set_up(engine)
    with database.reading(engine) as db:
        person = agencies.local_person(db)
        assert person is not None
        assert (person.id, person.name) == (actor.person_id, "Ann Able")
        (agency,) = agencies.agencies_of(db, actor.person_id)
        assert (agency.id, agency.name, agency.state, agency.invented) == (
            actor.agency_id, "Riverbend Recovery", "WY", False,
        )  # fmt: skip
        assert [site.name for site in agencies.sites(db, actor)] == ["Main Street"]
        assert [cycle.name for cycle in agencies.cycles(db, actor)] == ["Baseline"]
        acts = [(entry.act, entry.thing) for entry in trail.audit_trail(db, actor).entries]
    assert acts == [("add", "cycle"), ("add", "site"), ("set up", "agency")]


def test_a_second_agency_has_the_same_person_and_its_own_trail(engine: Engine) -> None:
    first, second = set_up(engine), set_up(engine, HILLTOP, "ignored", invented=True)
    assert (first.person_id, first.agency_id == second.agency_id) == (second.person_id, False)
    with database.reading(engine) as db:
        assert [agency.name for agency in agencies.agencies_of(db, first.person_id)] == [HILLTOP.name, RIVERBEND.name]
        assert trail.audit_trail(db, first).total == trail.audit_trail(db, second).total == 3
        assert trail.verify_trail(db, first) == trail.verify_trail(db, second) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Name of the agency"),
        ({"name": "\u200b"}, "Name of the agency"),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "a\x07"}, "control character"),
        ({"state": "ZZ"}, "State"),
        ({"time_zone": "Mars/Olympus"}, "Time zone"),
        ({"plan_name": ""}, "Name of the plan"),
        ({"women": ""}, "women served"),
    ],
)
def test_a_set_up_that_is_refused_leaves_nothing(engine: Engine, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        set_up(engine, replace(RIVERBEND, **wrong))
    assert not any(everything(engine).values())


def test_everything_that_is_wrong_with_a_set_up_is_said_at_once(engine: Engine) -> None:
    wrong = replace(RIVERBEND, name="", state="", women=" ")
    backward = CycleDetails("", NOW.date(), NOW.date() - timedelta(days=1))
    with database.writing(engine) as db, pytest.raises(BadInput) as told:
        agencies.set_up(db, NOW, "", wrong, SiteDetails(""), backward)
    assert [line.split(" ends")[0].split(":")[0].split(" is")[0] for line in str(told.value).splitlines()] == [
        "Your name",
        "Name of the agency",
        "Words for the women served",
        "State",
        "Name of the site",
        "Name of the cycle",
        "The cycle",
    ]


@pytest.mark.parametrize("name", SAME_NAMES)
def test_names_that_read_the_same_are_the_same(house: House, name: str) -> None:
    house.write(agencies.add_site, SiteDetails(SAME_NAMES[0]))
    house.write(agencies.add_cycle, CycleDetails(SAME_NAMES[0], NOW.date()))
    with pytest.raises(AlreadyThere):
        house.write(agencies.add_site, SiteDetails(name))
    with pytest.raises(AlreadyThere):
        house.write(agencies.add_cycle, CycleDetails(name, NOW.date()))
    with pytest.raises(AlreadyThere):
        house.write(agencies.revise_site, house.site, SiteDetails(name))
    set_up(house.engine, replace(HILLTOP, name=SAME_NAMES[0]))
    with pytest.raises(AlreadyThere):
        house.write(agencies.revise_agency, replace(RIVERBEND, name=name))
    with pytest.raises(AlreadyThere):
        set_up(house.engine, replace(RIVERBEND, name=name))


def test_two_agencies_may_have_sites_of_one_name(house: House, neighbor: House) -> None:
    assert house.read(agencies.sites)[0].name == neighbor.read(agencies.sites)[0].name == "Main Street"


def test_a_rename_keeps_all_history(house: House) -> None:
    house.rate("ORG-01", 3)
    house.write(agencies.revise_agency, replace(RIVERBEND, name="Riverbend Health", part_2=True))
    house.write(agencies.revise_site, house.site, replace(MAIN_STREET, name="Second Street"))
    house.write(agencies.revise_cycle, house.cycle, replace(BASELINE, name="Start"))
    house.write(assessments.rename_assessment, house.assessment, "First look")
    house.write(rename_oneself, "Ann Abel")

    assert house.row("ORG-01").answer_by == "Ann Abel"
    listed = house.read(assessments.assessment_summary, house.assessment)
    assert (listed.name, listed.site, listed.cycle, listed.answered) == ("First look", "Second Street", "Start", 1)
    assert house.read(agencies.agency_settings).part_2
    renamed = {
        (entry.thing, entry.field): (entry.before, entry.after) for entry in house.read(trail.audit_trail).entries
    }
    assert renamed["agency", "name"] == ("Riverbend Recovery", "Riverbend Health")
    assert renamed["agency", "part_2"] == ("False", "True")
    assert renamed["site", "name"] == ("Main Street", "Second Street")
    assert renamed["person", "name"] == ("Ann Able", "Ann Abel")
    assert ("site", "name_key") not in renamed


def test_a_name_can_be_spelled_anew(house: House) -> None:
    house.write(agencies.revise_site, house.site, replace(MAIN_STREET, name="MAIN street"))
    house.write(agencies.revise_agency, replace(RIVERBEND, name="RIVERBEND Recovery"))
    assert house.read(agencies.sites)[0].name == "MAIN street"


def test_nothing_revised_says_nothing(house: House) -> None:
    before = everything(house.engine)
    house.write(agencies.revise_agency, RIVERBEND)
    house.write(agencies.revise_site, house.site, MAIN_STREET)
    house.write(agencies.revise_cycle, house.cycle, BASELINE)
    assert everything(house.engine) == before


@pytest.mark.parametrize("days", [365, -365])
def test_a_cycle_can_be_moved_wholly_past_its_old_dates(house: House, days: int) -> None:
    assert BASELINE.ends
    moved = replace(BASELINE, starts=BASELINE.starts + timedelta(days=days), ends=BASELINE.ends + timedelta(days=days))
    house.write(agencies.revise_cycle, house.cycle, moved)
    (cycle,) = house.read(agencies.cycles)
    assert (cycle.starts, cycle.ends) == (moved.starts, moved.ends)
    told = {entry.field: (entry.before, entry.after) for entry in house.read(trail.audit_trail).entries[:2]}
    assert told["starts"] == (str(BASELINE.starts), str(moved.starts))
    assert told["ends"] == (str(BASELINE.ends), str(moved.ends))


def test_whoever_is_renamed_is_so_in_each_of_their_agencies(house: House, neighbor: House) -> None:
    with database.writing(house.engine) as db:
        there = Membership(agency_id=neighbor.actor.agency_id, person_id=house.actor.person_id, role="auditor")
        db.add(there)
    house.write(rename_oneself, "Annabel Able")
    for one in (house, neighbor):
        told = one.read(trail.audit_trail).entries[0]
        assert (told.person, told.before, told.after) == ("Annabel Able", "Ann Able", "Annabel Able")
    before = everything(house.engine)
    house.write(rename_oneself, "Annabel Able")
    with pytest.raises(BadInput, match="Your name"):
        house.write(rename_oneself, " ")
    assert everything(house.engine) == before


def test_whose_access_ended_takes_nobodys_name_by_way_of_another_agency(house: House, neighbor: House) -> None:
    cam = joins(house.engine, house.actor.agency_id, "assessor")
    house.seen_by(cam).rate("ORG-01", 4)
    there = replace(neighbor, actor=replace(cam, agency_id=neighbor.actor.agency_id))
    with database.writing(house.engine) as db:
        db.add(Membership(agency_id=there.actor.agency_id, person_id=cam.person_id, role="staff-member"))
    house.write(end_access, cam.person_id)
    before = everything(house.engine)
    with pytest.raises(NotAllowed, match="most often in your invitation"):
        there.write(rename_oneself, "Ann Able")
    assert everything(house.engine) == before
    assert house.row("ORG-01").answer_by == "Cam Cole"


def test_who_was_alone_here_keeps_their_name_once_they_sign_in(house: House) -> None:
    house.write(rename_oneself, "Annabel Able")
    with database.writing(house.engine) as db:
        db.add(Identity(issuer="https://login.example", subject="a", person_id=house.actor.person_id, bound_at=NOW))
    with pytest.raises(NotAllowed):
        house.write(rename_oneself, "Bea Bright")


def test_what_is_archived_leaves_the_lists_and_comes_back(house: House) -> None:
    for archive, listed, row in (
        (agencies.archive_site, agencies.sites, house.site),
        (agencies.archive_cycle, agencies.cycles, house.cycle),
    ):
        house.write(archive, row)
        assert house.read(listed) == []
        assert [one.id for one in house.read(listed, archived=True)] == [row]
        house.write(archive, row, archived=False)
        assert [one.id for one in house.read(listed)] == [row]


def test_an_archived_agency_comes_last(engine: Engine) -> None:
    hilltop, riverbend = set_up(engine, HILLTOP), set_up(engine)
    with database.writing(engine) as db:
        agencies.archive_agency(db, hilltop, NOW)
    with database.reading(engine) as db:
        assert [agency.name for agency in agencies.agencies_of(db, riverbend.person_id)] == [
            RIVERBEND.name,
            HILLTOP.name,
        ]
    with database.writing(engine) as db:
        agencies.archive_agency(db, hilltop, NOW, archived=False)
        assert agencies.agency_settings(db, hilltop).archived_at is None


def test_nothing_is_begun_on_what_is_archived(house: House) -> None:
    spare = house.write(agencies.add_site, SiteDetails("Spare"))
    house.write(agencies.archive_site, spare)
    with pytest.raises(BadInput, match="Spare is archived"):
        house.write(assessments.start_assessment, spare, house.cycle, "perinatal-program", "1.0")
    house.write(agencies.archive_site, spare, archived=False)
    house.write(agencies.archive_cycle, house.cycle)
    with pytest.raises(BadInput, match="Baseline is archived"):
        house.write(assessments.start_assessment, spare, house.cycle, "perinatal-program", "1.0")


def test_what_has_assessments_is_not_deleted(house: House) -> None:
    house.write(assessments.archive_assessment, house.assessment)
    for delete, row, name in (
        (agencies.delete_site, house.site, "Main Street"),
        (agencies.delete_cycle, house.cycle, "Baseline"),
    ):
        with pytest.raises(BadInput, match="has 1 assessment\\. Archive it instead"):
            house.write(delete, row, name)
    assert house.read(gap_report, house.assessment).listed.site == "Main Street"


def test_deleting_takes_the_typed_name(house: House) -> None:
    spare = house.write(agencies.add_site, SiteDetails("Spare"))
    for typed in ("", "Main Street", "spar"):
        with pytest.raises(NotConfirmed, match="Spare"):
            house.write(agencies.delete_site, spare, typed)
    house.write(agencies.delete_site, spare, " spare ")
    assert [site.id for site in house.read(agencies.sites, archived=True)] == [house.site]
    with pytest.raises(NotFound):
        house.write(agencies.delete_site, spare, "Spare")
    assert house.read(trail.audit_trail, act="delete").entries[0].before == "Spare"


def test_a_deleted_name_is_free_again(house: House) -> None:
    spare = house.write(agencies.add_cycle, CycleDetails("Spare", NOW.date()))
    house.write(agencies.delete_cycle, spare, "Spare")
    house.write(agencies.add_cycle, CycleDetails("Spare", NOW.date()))


def test_a_cycle_ends_after_it_starts(house: House) -> None:
    with pytest.raises(BadInput, match="before it starts"):
        house.write(agencies.add_cycle, CycleDetails("Back", date(2026, 5, 2), date(2026, 5, 1)))
    house.write(agencies.add_cycle, CycleDetails("One day", date(2026, 5, 2), date(2026, 5, 2)))
    assert [cycle.name for cycle in house.read(agencies.cycles)] == ["One day", "Baseline"]


def test_a_setting_comes_from_the_list(house: House) -> None:
    with pytest.raises(BadInput, match="Setting"):
        house.write(agencies.add_site, SiteDetails("Elm Street", "spa"))


def test_a_name_of_an_agency_that_one_does_not_belong_to_is_free(house: House, neighbor: House) -> None:
    """Otherwise whoever tries names learns who else is here."""
    neighbor.write(agencies.revise_agency, replace(HILLTOP, name=RIVERBEND.name))
    assert neighbor.read(agencies.agency_settings).name == house.read(agencies.agency_settings).name
    set_up(house.engine, HILLTOP)
    with pytest.raises(AlreadyThere):
        house.write(agencies.revise_agency, replace(RIVERBEND, name=HILLTOP.name))
