"""Assessments: started once, covered, archived, deleted with a typed name, and gone on with where one left off."""

import math
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from assessments.errors import (
    AlreadyThere,
    BadInput,
    Conflict,
    EditionChanged,
    NotConfirmed,
    NotFound,
    NotRatableHere,
)
from assessments.use_cases import agencies, assessments, checklists, deleting, sheets, trail
from assessments.use_cases.agencies import CycleDetails
from assessments.use_cases.assessments import Cover
from assessments.use_cases.evidence import add_evidence
from tests.use_cases.cast import BASELINE, NOW, POLICY, PROGRAM, House, everything, joins, riverbend
from tests.use_cases.files import OWN


def start(house: House, checklist: tuple[str, str] = PROGRAM) -> str:
    started: str = house.write(assessments.start_assessment, house.site, house.cycle, *checklist)
    return started


def test_a_draft_has_one_subject_and_its_shared_sheet(house: House) -> None:
    opened = house.read(sheets.sheet, house.assessment)
    assert (opened.place.assessment.status, opened.place.checklist.key) == ("draft", PROGRAM)
    assert (opened.rows, opened.answered) == ({}, frozenset())
    (listed,) = house.read(assessments.assessments)
    assert (listed.site, listed.cycle, listed.answered, listed.total) == ("Main Street", "Baseline", 0, 33)


def test_starting_twice_is_refused(house: House) -> None:
    before = everything(house.engine)
    with pytest.raises(AlreadyThere, match="archive it first"):
        start(house)
    assert everything(house.engine) == before


def test_two_of_a_kind_do_not_come_back_from_the_archive(house: House) -> None:
    house.write(assessments.archive_assessment, house.assessment)
    second = start(house)
    with pytest.raises(AlreadyThere):
        house.write(assessments.archive_assessment, house.assessment, archived=False)
    house.write(assessments.archive_assessment, second)
    house.write(assessments.archive_assessment, house.assessment, archived=False)
    assert [one.id for one in house.read(assessments.assessments)] == [house.assessment]
    assert {one.id for one in house.read(assessments.assessments, archived=True)} == {house.assessment, second}


def test_what_is_not_rated_on_a_site_is_not_started(house: House) -> None:
    with pytest.raises(NotRatableHere, match="not rated on a site"):
        start(house, ("collaborative-capacity", "1.0"))


@pytest.mark.parametrize("checklist", [("no-such", "1.0"), ("perinatal-program", "0.9")])
def test_an_unknown_edition_is_not_started(house: House, checklist: tuple[str, str]) -> None:
    with pytest.raises(NotFound, match=checklist[1]):
        start(house, checklist)


def test_the_list_has_the_newest_cycle_first(house: House) -> None:
    later = house.write(agencies.add_cycle, CycleDetails("Follow-up 1", BASELINE.ends or NOW.date()))
    second = house.write(assessments.start_assessment, house.site, later, *PROGRAM)
    replace(house, assessment=second).rate("ORG-01", 0)
    assert [(one.id, one.answered) for one in house.read(assessments.assessments)] == [
        (second, 1),
        (house.assessment, 0),
    ]
    with pytest.raises(NotFound):
        house.read(assessments.assessment_summary, "no such id")


def test_a_cover_has_versions(house: House) -> None:
    cover = Cover("Ann and  Cam", 2.5, "Two interviews\nand the log")
    assert house.write(assessments.write_cover, house.assessment, cover, 0) == 1
    with pytest.raises(Conflict) as told:
        house.write(assessments.write_cover, house.assessment, replace(cover, hours=3), 0)
    assert told.value.field == "cover"
    assert house.write(assessments.write_cover, house.assessment, replace(cover, hours=None), 1) == 2
    row = house.read(sheets.sheet, house.assessment).place.assessment
    assert (row.raters, row.hours, row.rests_on) == ("Ann and Cam", None, "Two interviews\nand the log")
    fields = [entry.field for entry in house.read(trail.audit_trail, act="cover").entries]
    assert fields == ["hours", "rests_on", "hours", "raters"]


@pytest.mark.parametrize("hours", [-0.5, 10_001, math.nan, math.inf])
def test_hours_are_a_number_of_hours(house: House, hours: float) -> None:
    with pytest.raises(BadInput, match="Hours spent"):
        house.write(assessments.write_cover, house.assessment, Cover(hours=hours), 0)


def test_an_assessment_is_deleted_with_all_that_hangs_on_it(house: House) -> None:
    house.rate("ORG-01", 3)
    house.note("ORG-01", "seen")
    house.write(add_evidence, house.assessment, "ORG-01", POLICY)
    house.write(assessments.remember_place, house.assessment, "ORG-1")
    house.submit()
    (listed,) = house.read(assessments.assessments)
    with pytest.raises(NotConfirmed):
        house.write(deleting.delete_assessment, house.assessment, "yes")
    house.write(deleting.delete_assessment, house.assessment, listed.name)
    left = everything(house.engine)
    hung = ("assessment", "sheet", "subject", "rating", "evidence", "summary_score", "last_place")
    assert not any(left[table] for table in hung)
    acts = [entry.act for entry in house.read(trail.audit_trail).entries]
    assert {"delete", "rate", "note", "submit"} <= set(acts)
    assert house.read(trail.verify_trail) == []
    with pytest.raises(NotFound):
        house.row("ORG-01")
    start(house)


def test_everybody_goes_on_where_they_left_off(house: House) -> None:
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    assert house.read(assessments.last_place) is None
    house.write(assessments.remember_place, house.assessment, "ORG-1")
    house.write(assessments.remember_place, house.assessment, "PAR-4")
    cam.write(assessments.remember_place, house.assessment, "SUP-2")
    assert house.read(assessments.last_place).part == "PAR-4"
    assert cam.read(assessments.last_place).part == "SUP-2"
    house.write(assessments.archive_assessment, house.assessment)
    assert house.read(assessments.last_place) is None
    with pytest.raises(BadInput):
        house.write(assessments.remember_place, house.assessment, "x\x00")


def test_a_changed_edition_is_told_and_not_scored(engine: Engine) -> None:
    house = riverbend(engine)
    house.write(checklists.load_checklist, OWN.encode(), "ours.toml")
    ours = replace(house, assessment=start(house, ("our-door", "1.0")))
    ours.rate("DOOR-01", 3)
    with engine.execution_options(plumbline_writing=True).begin() as connection:
        connection.execute(
            text("UPDATE own_checklist SET content = :content, hash = 'another'"),
            {"content": OWN.replace("within five minutes", "within ten minutes")},
        )
    before = everything(engine)
    for act in (lambda: ours.rate("DOOR-01", 4, 1), lambda: ours.row("DOOR-01"), ours.submit):
        with pytest.raises(EditionChanged, match="put the original file back"):
            act()
    assert everything(engine) == before


@pytest.mark.parametrize("forged", ["a\0b", "\ud800", "\udfff\0"])
def test_an_id_that_no_database_can_hold_is_not_here(house: House, forged: str) -> None:
    before = everything(house.engine)
    for read in (assessments.assessment_summary, sheets.sheet):
        with pytest.raises(NotFound, match="not here"):
            house.read(read, forged)
    for write in (assessments.archive_assessment, agencies.archive_site, agencies.archive_cycle):
        with pytest.raises(NotFound, match="not here"):
            house.write(write, forged)
    assert everything(house.engine) == before
    house.write(agencies.archive_site, house.site)
