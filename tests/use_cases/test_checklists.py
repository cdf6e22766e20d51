"""The shelf: packs are off until chosen, and an agency's own checklist is rated like any other."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, NotFound
from assessments.store.tables import Table
from assessments.use_cases import assessments, checklists, sheets
from assessments.use_cases.gap_report import gap_report
from standards import catalogue, from_sheet, sheet
from standards.faults import BadChecklist
from tests.use_cases.cast import House, counts, everything, level
from tests.use_cases.files import OWN

OWN_TEXT = Table.metadata.tables["own_checklist"].c.content
PACK = ("confidentiality", "1.0")
OURS = ("our-door", "1.0")


def load(house: House, content: str) -> None:
    house.write(checklists.load_checklist, content.encode(), "ours.toml")


def on_shelf(house: House) -> dict[tuple[str, str], checklists.OnShelf]:
    return {entry.checklist.key: entry for entry in house.read(checklists.shelf)}


def test_packs_are_off_until_someone_chooses_them(house: House) -> None:
    assert {key for key, entry in on_shelf(house).items() if not entry.chosen} == {
        key for key, entry in on_shelf(house).items() if entry.checklist.pack
    }
    with pytest.raises(BadInput, match="switched off"):
        house.write(assessments.start_assessment, house.site, house.cycle, *PACK)
    house.write(checklists.choose_pack, *PACK)
    house.write(checklists.choose_pack, *PACK)
    assert on_shelf(house)[PACK].ratable
    started = house.write(assessments.start_assessment, house.site, house.cycle, *PACK)

    house.write(checklists.put_away_pack, *PACK)
    house.write(checklists.put_away_pack, *PACK)
    assert not on_shelf(house)[PACK].chosen
    assert replace(house, assessment=started).rate("ADD-C01", 4).answer == level(4), "what was begun goes on"


def test_an_unknown_pack_is_not_there(house: House) -> None:
    with pytest.raises(NotFound):
        house.write(checklists.choose_pack, "no-such", "1.0")


def test_what_is_rated_elsewhere_can_be_read_here(house: House) -> None:
    capacity = on_shelf(house)["collaborative-capacity", "1.0"]
    assert not capacity.ratable


def test_an_own_checklist_is_parsed_once_and_not_with_every_look(house: House) -> None:
    load(house, OWN)
    assert on_shelf(house)[OURS].checklist is on_shelf(house)[OURS].checklist


def test_the_sheet_form_is_kept_as_the_file_that_it_stands_for(house: House) -> None:
    ours = catalogue.read_text(OWN, "ours.toml")
    house.write(checklists.load_checklist, from_sheet.as_toml(sheet.written(ours), "ours.xlsx"), "ours.xlsx")
    assert on_shelf(house)[OURS].checklist.hash == ours.hash
    with pytest.raises(AlreadyThere, match="This very checklist"):
        load(house, OWN)


def test_an_own_checklist_is_rated_like_any_other(house: House) -> None:
    load(house, OWN)
    assert (on_shelf(house)[OURS].own, on_shelf(house)[OURS].ratable) == (True, True)
    ours = replace(house, assessment=house.write(assessments.start_assessment, house.site, house.cycle, *OURS))
    ours.rate("DOOR-01", 3)
    assert ours.rate("DOOR-02", counts(9, 10)).answer.level == 4
    ours.submit()
    assert ours.read(gap_report, ours.assessment).score.whole.rated == 2
    with pytest.raises(BadInput, match="stays"):
        house.write(checklists.remove_checklist, *OURS)


def test_a_file_with_a_mark_in_front_and_windows_lines_is_the_same(house: House) -> None:
    house.write(checklists.load_checklist, b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode(), "ours.toml")
    assert on_shelf(house)[OURS].checklist.title == "Our front door"
    with pytest.raises(AlreadyThere, match="loaded already"):
        load(house, OWN)


def test_the_id_of_a_shipped_checklist_is_taken(house: House) -> None:
    before = everything(house.engine)
    for edition in ("1.0", "9.9"):
        with pytest.raises(AlreadyThere, match="pulse-ours"):
            load(house, OWN.replace('"our-door"', '"pulse"').replace('edition = "1.0"', f'edition = "{edition}"'))
    assert everything(house.engine) == before


def test_an_edition_is_never_changed(house: House) -> None:
    load(house, OWN)
    changed = OWN.replace("within five minutes", "within ten minutes")
    with pytest.raises(AlreadyThere, match="reads differently"):
        load(house, changed)
    load(house, changed.replace('edition = "1.0"', 'edition = "1.1"'))
    assert {key for key, entry in on_shelf(house).items() if entry.own} == {OURS, ("our-door", "1.1")}


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff\xfe",
        b"id = ",
        b'id = "x"',
        b"#" * 1_000_001,
    ],
)
def test_a_faulty_file_is_refused_whole(house: House, wrong: bytes) -> None:
    before = everything(house.engine)
    with pytest.raises(BadChecklist) as told:
        house.write(checklists.load_checklist, wrong, "ours.toml")
    assert told.value.faults
    assert everything(house.engine) == before


def test_a_pack_comes_with_the_toolkit(house: House) -> None:
    with pytest.raises(BadInput, match="pack = true"):
        load(house, "pack = true\n" + OWN)


@pytest.mark.parametrize("sign", [r"\u0000", r"\u0007"])
def test_a_control_character_in_disguise_is_refused(house: House, sign: str) -> None:
    """TOML can spell a NUL that PostgreSQL then refuses to store."""
    with pytest.raises(BadChecklist):
        load(house, OWN.replace("Our front door", f"Our front{sign} door"))


def test_an_unused_own_checklist_can_be_removed(house: House) -> None:
    load(house, OWN)
    house.write(checklists.remove_checklist, *OURS)
    assert OURS not in on_shelf(house)
    with pytest.raises(NotFound):
        house.write(checklists.remove_checklist, *OURS)


def test_a_neighbor_may_load_her_own_under_the_same_id(house: House, neighbor: House) -> None:
    load(house, OWN)
    load(neighbor, OWN.replace("within five minutes", "within an hour"))
    mine, hers = (on_shelf(each)[OURS].checklist for each in (house, neighbor))
    assert mine.hash != hers.hash
    started = neighbor.write(assessments.start_assessment, neighbor.site, neighbor.cycle, *OURS)
    assert neighbor.read(sheets.sheet, started).place.checklist.hash == hers.hash


def test_the_text_is_kept_as_it_came(house: House) -> None:
    load(house, OWN)
    with Session(house.engine) as db:
        assert db.execute(select(OWN_TEXT)).scalar_one() == OWN
