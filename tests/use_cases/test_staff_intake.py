"""A list of staff goes out, is filled in and comes back: all of it or nothing, every fault told at once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.errors import BadInput, Conflict, LooksLikeName
from assessments.store import database
from assessments.use_cases.agencies import archive_site
from assessments.use_cases.job_roles import RoleProfile, add_job_role, archive_job_role
from assessments.use_cases.staff import Member, StaffDetails, add_member, revise_member, roster
from assessments.use_cases.staff_checks import StaffRow
from assessments.use_cases.staff_intake import StaffPreview, StaffTaken, preview_staff, take_in_staff
from assessments.use_cases.trail import audit_trail
from reports.roster_form import STAFF as SHEET
from reports.roster_form import roster_workbook
from reports.workbook_grid import Unfit
from tests.reports.rosters import Hands, bring, faults, listing, look, roster_out
from tests.use_cases.cast import NOW, STAFF, STARTED, House, everything

NEW = {"site": "Main Street", "roles": "Nurse", "starts": STARTED}


@pytest.fixture
def staffed(house: House) -> House:
    """R-1, by name, supervises R-2."""
    nurse = house.write(add_job_role, STAFF, RoleProfile("Nurse"))
    house.write(add_job_role, STAFF, RoleProfile("Supervisor"))
    lead = house.write(
        add_member, StaffDetails("R-1", house.site, STARTED, name="Nell North", roles=frozenset({nurse}))
    )
    house.write(
        add_member,
        StaffDetails("R-2", house.site, STARTED, date(2027, 1, 1), roles=frozenset({nurse}), supervisor_id=lead),
    )
    return house


def members(house: House) -> dict[str, Member]:
    return {one.details.code: one for one in house.read(roster)}


def states(found: StaffPreview) -> list[str]:
    return [line.state for line in found.lines]


def test_a_list_is_shown_and_then_taken_in_once(staffed: House) -> None:
    hands = Hands(roster_out(staffed)).write(3, roles=" supervisor ;NURSE; ", ends="clear", supervisor="R-4")
    hands.write(4, code="R-3", name="Tess Hill", **NEW, supervisor="R-1").write(5, code="R-4", **NEW)
    content = hands.content()
    before = everything(staffed.engine)
    seen = look(staffed, content)
    assert states(seen) == ["same", "changed", "new", "new"]
    assert seen.lines[1].changes == (
        ("roles", "Nurse", "Nurse, Supervisor"),
        ("ends", date(2027, 1, 1), None),
        ("supervisor", "R-1", "R-4"),
    )
    assert everything(staffed.engine) == before
    assert bring(staffed, content) == StaffTaken(added=2, changed=1)
    found = members(staffed)
    assert (found["R-2"].roles, found["R-2"].details.ends, found["R-2"].supervisor) == (
        ("Nurse", "Supervisor"),
        None,
        "R-4",
    )
    assert (found["R-3"].label, found["R-3"].supervisor) == ("Tess Hill (R-3)", "R-1")
    after = everything(staffed.engine)
    assert bring(staffed, content) == StaffTaken()
    assert everything(staffed.engine) == after
    newest = staffed.read(audit_trail).entries[0]
    assert (newest.act, newest.after) == ("take in", "2 added, 1 changed")


def test_a_blank_cell_leaves_and_who_is_not_in_the_list_is_not_touched(staffed: House) -> None:
    found = members(staffed)
    hands = Hands(roster_out(staffed, blank=True)).write(2, code="r-1", ends=date(2026, 12, 31))
    assert bring(staffed, hands.content()) == StaffTaken(changed=1)
    now = members(staffed)
    assert now["R-2"] == found["R-2"]
    assert now["R-1"].details == replace(found["R-1"].details, ends=date(2026, 12, 31))


def test_without_names_it_takes_no_name_away_and_clear_does(staffed: House) -> None:
    coded = roster_out(staffed, named=False)
    assert "Nell" not in str([cell.value for row in Hands(coded).sheet.iter_rows() for cell in row])
    assert bring(staffed, coded) == StaffTaken()
    assert members(staffed)["R-1"].details.name == "Nell North"
    bring(staffed, Hands(coded).write(2, name="Clear").content())
    assert members(staffed)["R-1"].details.name == ""


AS_IN_A_SHEET = datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001  # spreadsheets know no time zone


@pytest.mark.parametrize("day", [date(2026, 3, 31), AS_IN_A_SHEET, " 2026-03-31 ", "3/31/2026", "03/31/2026"])
def test_days_are_dates_or_written_as_such(staffed: House, day: Any) -> None:
    bring(staffed, Hands(roster_out(staffed)).write(4, code=7, **NEW | {"starts": day}).content())
    assert members(staffed)["7"].details.starts == date(2026, 3, 31)


WRONG: list[tuple[int, dict[str, Any], str, str]] = [
    (4, {"code": None}, "A4", "Code is empty"),
    (4, {"code": "r-3"}, "A5", "stands in row 4 already"),
    (2, {"name": "Ann Other"}, "A2", "on the roster it is Nell North"),
    (4, {"code": "clear"}, "A4", "“clear”"),
    (4, {"code": "x" * 21}, "A4", "at most 20"),
    (4, {"code": date(2026, 3, 1)}, "A4", "date"),
    (4, {"name": "x" * 121}, "B4", "at most 120"),
    (4, {"name": "=1+1"}, "B4", "formula"),
    (4, {"site": "Elm Street"}, "C4", "There is no site “Elm Street”"),
    (4, {"site": None}, "C4", "The site is missing"),
    (4, {"roles": "Nurse; Doula"}, "D4", "There is no role “Doula”"),
    (4, {"roles": " ; "}, "D4", "The role is missing"),
    (4, {"starts": None}, "E4", "The first day is missing"),
    (4, {"starts": "soon"}, "E4", "“soon” is no date"),
    (4, {"starts": "clear"}, "E4", "“clear” is no date"),
    (4, {"starts": "31.3.2026"}, "E4", "is no date"),
    (4, {"starts": "2026-02-30"}, "E4", "is no date"),
    (4, {"starts": "31/03/2026"}, "E4", "is no date"),
    (4, {"starts": "03/31/26"}, "E4", "is no date"),
    (4, {"code": "R\n7"}, "A4", "line break"),
    (4, {"supervisor": "R\n1"}, "G4", "line break"),
    (4, {"roles": "Nurse, Doula"}, "D4", "no role “Nurse, Doula”"),
    (4, {"starts": 3}, "E4", "between 1950 and 2100"),
    (4, {"starts": True}, "E4", "is not a date"),
    (4, {"starts": "0206-03-01"}, "E4", "between 1950 and 2100"),
    (4, {"ends": date(2024, 4, 30)}, "F4", "is before the first"),
    (3, {"starts": date(2027, 1, 2)}, "F3", "is before the first"),
    (4, {"supervisor": "R-9"}, "G4", "Nobody has the code “R-9”"),
    (4, {"supervisor": "=A2"}, "G4", "formula"),
    (4, {"supervisor": "R-4"}, "G4", "Nobody supervises themselves"),
]


def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_written(staffed: House) -> None:
    good = Hands(roster_out(staffed)).write(4, code="R-4", **NEW).write(5, code="R-3", **NEW).content()
    assert not faults(staffed, good), "control: without these cells it is in order"
    before = everything(staffed.engine)
    for row, cells, where, says in WRONG:
        content = Hands(good).write(row, **cells).content()
        (fault,) = faults(staffed, content)
        assert (fault.where, fault.remedy != "") == (f"{SHEET}, {where}", True), cells
        assert says in fault.reason
        assert not look(staffed, content).lines
    assert everything(staffed.engine) == before


def test_a_list_with_faults_is_not_taken_in_even_where_nobody_looked(staffed: House) -> None:
    for cells in ({"site": "Elm Street"}, {"starts": "soon"}):
        rows = listing(Hands(roster_out(staffed)).write(4, **NEW | {"code": "R-3"} | cells).content()).rows
        before = everything(staffed.engine)
        with pytest.raises(BadInput, match="Nothing was written"):
            staffed.write(take_in_staff, rows, staffed.read(preview_staff, rows))
        assert everything(staffed.engine) == before


def test_all_faults_are_told_at_once_row_by_row(staffed: House) -> None:
    hands = Hands(roster_out(staffed)).write(2, supervisor="R-2", starts="soon").write(4, code="R-3", site="Elm")
    hands.write(5, code="R-5", **NEW, supervisor="R-6").write(6, code="R-6", **NEW, supervisor="R-5")
    told = [(fault.cell, fault.reason) for fault in faults(staffed, hands.content())]
    assert [cell for cell, _ in told] == ["E2", "G2", "G3", "C4", "D4", "E4", "G5", "G6"]
    assert told[-2][1] == "The chain of supervisors goes in a circle: R-5 under R-6 under R-5."
    assert told[-1][1] == "The chain of supervisors goes in a circle: R-6 under R-5 under R-6."


def test_both_days_that_are_wrong_are_told_at_once(staffed: House) -> None:
    for starts, ends in (("0206-03-01", "2206-03-01"), ("soon", "2206-03-01"), ("soon", "later")):
        hands = Hands(roster_out(staffed)).write(4, code="R-3", **NEW | {"starts": starts}, ends=ends)
        assert [fault.cell for fault in faults(staffed, hands.content())] == ["E4", "F4"], (starts, ends)


def test_the_remedy_for_days_in_the_wrong_order_names_the_one_that_can_be_mended_here(staffed: House) -> None:
    early, late = date(2024, 1, 1), date(2027, 1, 2)
    remedies = []
    for cells in ({"starts": late, "ends": early}, {"starts": None, "ends": early}, {"starts": late, "ends": None}):
        (fault,) = faults(staffed, Hands(roster_out(staffed)).write(3, **cells).content())
        remedies.append(fault.remedy)
    assert "The last day is the first day or a later one" in remedies[0]
    assert "The first day is on the roster already" in remedies[1]
    assert "The last day is on the roster already" in remedies[2] and "clear" in remedies[2]


def test_a_circle_is_told_at_each_of_its_cells(staffed: House) -> None:
    told = faults(staffed, Hands(roster_out(staffed)).write(2, supervisor="R-2").content())
    assert [fault.cell for fault in told] == ["G2", "G3"]
    assert "circle: R-1 under R-2 under R-1" in told[0].reason and "R-2 under R-1 under R-2" in told[1].reason


@pytest.mark.parametrize("roles", ["Nurse, Supervisor", "nurse,SUPERVISOR", "Nurse\nSupervisor", "Nurse; Supervisor,"])
def test_roles_may_also_have_a_comma_or_a_line_between_them(staffed: House, roles: str) -> None:
    bring(staffed, Hands(roster_out(staffed)).write(4, code="R-3", **NEW | {"roles": roles}).content())
    assert members(staffed)["R-3"].roles == ("Nurse", "Supervisor")


def test_a_role_with_a_comma_in_its_name_stays_one(staffed: House) -> None:
    staffed.write(add_job_role, STAFF, RoleProfile("Nurse, Supervisor"))
    bring(staffed, Hands(roster_out(staffed)).write(4, code="R-3", **NEW | {"roles": "Nurse, Supervisor"}).content())
    assert members(staffed)["R-3"].roles == ("Nurse, Supervisor",)
    (fault,) = faults(
        staffed, Hands(roster_out(staffed)).write(4, code="R-3", **NEW | {"roles": "Nurse, Doula"}).content()
    )
    assert "Put a semicolon between two roles" in fault.remedy


def test_a_number_is_a_day_only_where_the_cell_is_formatted_as_a_date(staffed: House) -> None:
    hands = Hands(roster_out(staffed)).write(4, code="R-3", **NEW | {"starts": 45000})
    assert look(staffed, hands.content()).lines[2].details.starts == date(2023, 3, 15)
    hands.sheet["E4"].number_format = "General"
    (fault,) = faults(staffed, hands.content())
    assert (fault.cell, "number 45000 and is not formatted as a date" in fault.reason) == ("E4", True)


def test_the_sheet_says_at_its_days_how_to_write_them(staffed: House) -> None:
    said = {str(one.sqref): one.prompt for one in Hands(roster_out(staffed)).sheet.data_validations.dataValidation}
    assert "2026-03-31" in said["E1:E63"] and "2026-03-31" in said["F1:F63"]


def test_a_code_that_looks_like_a_name_is_kept_only_where_that_is_said(staffed: House) -> None:
    hands = Hands(roster_out(staffed)).write(4, code="Tess Hill", **NEW).write(5, code="R-4", **NEW)
    rows = listing(hands.content()).rows
    seen = staffed.read(preview_staff, rows)
    assert [(one.row, one.column, "two words" in one.reason) for one in seen.doubts] == [(4, "code", True)]
    before = everything(staffed.engine)
    with pytest.raises(LooksLikeName, match="Nothing was written"):
        staffed.write(take_in_staff, rows, seen)
    assert everything(staffed.engine) == before
    assert staffed.write(take_in_staff, rows, seen, "the name of the wing") == StaffTaken(added=2)
    kept = [entry for entry in staffed.read(audit_trail).entries if entry.act == "keep text"]
    assert [(entry.thing_id, entry.field, entry.after) for entry in kept] == [
        (members(staffed)["Tess Hill"].id, "looks like a name", "the name of the wing")
    ]
    assert staffed.read(preview_staff, listing(roster_out(staffed)).rows).doubts == (), "kept is kept"
    named = listing(Hands(roster_out(staffed)).write(5, name="Tess Hill").content()).rows
    assert len(staffed.read(preview_staff, named).doubts) == 1


def test_a_list_with_faults_tells_of_codes_like_names_too_and_every_fault_says_whose_it_is(staffed: House) -> None:
    hands = Hands(roster_out(staffed)).write(4, code="Garcia", **NEW).write(5, code="R-5", **NEW | {"site": "Elm"})
    found = listing(hands.write(6, code="R-6", **NEW | {"starts": "soon"}).content())
    seen = staffed.read(preview_staff, found.rows)
    assert [(one.row, "one word of letters" in one.reason) for one in seen.doubts] == [(4, True)]
    assert [(fault.cell[1:], fault.reason.split(":")[0]) for fault in found.told(seen.faults)] == [
        ("5", "R-5"),
        ("6", "R-6"),
    ]
    with pytest.raises(BadInput, match="there are faults"):
        staffed.write(take_in_staff, found.rows, seen, "the name of the wing")


def test_supervisors_may_change_places(staffed: House) -> None:
    content = Hands(roster_out(staffed)).write(2, supervisor="R-2").write(3, supervisor="clear").content()
    assert bring(staffed, content) == StaffTaken(changed=2)
    assert {code: one.supervisor for code, one in members(staffed).items()} == {"R-1": "R-2", "R-2": ""}


def test_what_is_in_the_archive_stays_with_whom_it_is_and_goes_to_nobody_new(staffed: House) -> None:
    staffed.write(archive_site, staffed.site)
    for role_id in members(staffed)["R-1"].details.roles:
        staffed.write(archive_job_role, role_id, 1)
    content = roster_out(staffed)
    assert bring(staffed, content) == StaffTaken()
    told = faults(staffed, Hands(content).write(4, code="R-3", **NEW).content())
    assert [(fault.cell, "archive" in fault.reason) for fault in told] == [("C4", True), ("D4", True)]


def test_what_changed_since_the_preview_is_shown_again(staffed: House) -> None:
    rows = listing(Hands(roster_out(staffed)).write(2, ends="2026-12-31").content()).rows
    seen = staffed.read(preview_staff, rows)
    member = members(staffed)["R-1"]
    staffed.write(revise_member, member.id, replace(member.details, name="Nell South"), member.version)
    before = everything(staffed.engine)
    with pytest.raises(Conflict, match="somebody changed the roster"):
        staffed.write(take_in_staff, rows, seen)
    assert everything(staffed.engine) == before


def test_another_workbook_is_none_of_ours(staffed: House) -> None:
    hands = Hands(roster_out(staffed))
    hands.sheet.title = "People"
    with pytest.raises(Unfit, match="This sheet is missing"):
        listing(hands.content())
    with pytest.raises(Unfit, match="nobody in this list"):
        listing(roster_out(staffed, blank=True))
    with pytest.raises(Unfit, match="“Code” is missing"):
        listing(Hands(roster_out(staffed)).write(1, code="Cypher").content())


def test_what_people_type_is_no_formula(staffed: House) -> None:
    staffed.write(revise_member, (one := members(staffed)["R-1"]).id, replace(one.details, name="=1+1"), 1)
    cell = Hands(roster_out(staffed)).sheet["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
CODES = st.lists(TYPED.filter(str.strip), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=CODES, names=st.tuples(*[TYPED] * 5), days=st.tuples(*[DAYS] * 5), led=st.tuples(*[st.integers(0, 4)] * 5))
def test_out_and_back_changes_nothing(
    staffed: House, codes: list[str], names: tuple[str, ...], days: tuple[date, ...], led: tuple[int, ...]
) -> None:
    """Whatever is on the roster. The transaction is given up after each, so that they do not add up."""
    rows = [
        StaffRow(
            number, code, name.strip(), "Main Street", ("Nurse",), day, supervisor="".join(codes[above:number][:1])
        )
        for number, (code, name, day, above) in enumerate(zip(codes, names, days, led, strict=False))
    ]
    with database.writing(staffed.engine) as db:
        seen = preview_staff(db, staffed.actor, rows)
        if not seen.faults:
            take_in_staff(db, staffed.actor, NOW, rows, seen, "They are codes.")
            found = roster(db, staffed.actor)
            out = roster_workbook(found, ["Main Street"], ["Nurse"], "Riverbend")
            again = preview_staff(db, staffed.actor, listing(out).rows)
            assert not again.faults
            assert {line.state for line in again.lines} == {"same"}
        db.rollback()
