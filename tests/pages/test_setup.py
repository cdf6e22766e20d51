"""Agency, sites, cycles, checklists, standards and the trail, as a person uses them."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import settings
from standards import catalogue, sheet
from tests.pages.driven import app, at, fill, press, sound, written
from tests.pages.test_home import set_up
from tests.workbooks import KINDS

OWN = """\
id = "our-own"
edition = "1.0"
title = "Our *own* checklist"
subject = "site"
ladders = "ladders-1.0"
[[source]]
id = "us"
citation = "Our quality plan"
verification = "verified"
checked = 2026-11-01
[[domain]]
id = "WEL"
title = "Welcome"
[[standard]]
id = "W1"
domain = "WEL"
source = "us"
cites = "page 2"
text = "Everybody is greeted."
[[indicator]]
id = "WEL-01"
standard = "W1"
text = "A written rule says who greets a newcomer."
ladder = "policy"
evidence = ["document"]
"""


def opened(page: str, section: str = "") -> AppTest:
    set_up()
    test = at(page)
    if section:
        test = sound(test.segmented_control(key="section").set_value(section).run())
    return test


def demonstration(page: str) -> AppTest:
    return sound(press(app(), "Look around the demonstration").switch_page(page).run())


def test_the_agency_is_revised_and_says_so() -> None:
    test = opened("setup/agency.py")
    fill(test, "Name of the agency", "Riverbend North")
    fill(test, "The plan for an infant and family", "Family Care Plan")
    test = press(test, "Save the agency")
    assert "Riverbend North is saved" in test.success[0].value
    assert "each Family Care Plan" in written(at("setup/checklists.py"))


def test_an_agency_without_a_name_is_refused_in_place() -> None:
    test = opened("setup/agency.py")
    fill(test, "Name of the agency", " ")
    assert "empty" in press(test, "Save the agency").error[0].value


@pytest.mark.parametrize("thing", ["site", "cycle"])
def test_one_is_added_renamed_archived_taken_back_and_deleted(thing: str) -> None:
    test = opened("setup/agency.py", f"{thing.capitalize()}s")
    fill(test, f"Name of the {thing}", "Second *one*")
    test = press(test, f"Add this {thing}")
    assert r"Second \*one\*" in written(test)
    choice = test.selectbox(key=f"change-{thing}")
    test = sound(choice.select_index(choice.options.index("Second *one*")).run())
    names = [field for field in test.text_input if field.value == "Second *one*"]
    names[-1].set_value("Third")
    test = press(test, "Save the changes")
    assert "**Third**" in written(test)
    test = press(test, "Archive it")
    assert "(archived)" in written(test)
    test = press(test, "Take it out of the archive")
    assert "(archived)" not in written(test)
    fill(test, "To delete it, type its name: Third", "Thrd")
    test = press(test, "Delete it")
    assert "type its name exactly" in test.error[0].value
    fill(test, "To delete it, type its name: Third", "Third")
    assert "**Third**" not in written(press(test, "Delete it"))


def test_a_cycle_is_moved_to_another_year() -> None:
    test = opened("setup/agency.py", "Cycles")
    test = sound(test.selectbox(key="change-cycle").select_index(0).run())
    first = next(field for field in test.date_input if field.label == "Starts on" and "add-" not in (field.key or ""))
    last = next(field for field in test.date_input if "ends" in (field.key or "") and "add-" not in (field.key or ""))
    first.set_value(date(2031, 1, 1))
    last.set_value(date(2031, 3, 31))
    test = press(test, "Save the changes")
    assert "Its history stays with it" in test.success[0].value
    assert settings.span(date(2031, 1, 1), date(2031, 3, 31)) in written(test)
    first = next(field for field in test.date_input if field.value == date(2031, 1, 1))
    last = next(field for field in test.date_input if field.value == date(2031, 3, 31))
    first.set_value(date(2033, 1, 1))
    last.set_value(date(2033, 3, 31))
    assert settings.span(date(2033, 1, 1), date(2033, 3, 31)) in written(press(test, "Save the changes"))


@pytest.mark.usefixtures("furnished")
def test_what_has_assessments_is_not_offered_for_deletion() -> None:
    test = demonstration("setup/agency.py")
    test = sound(test.segmented_control(key="section").set_value("Sites").run())
    choice = test.selectbox(key="change-site")
    test = sound(choice.select_index(choice.options.index("Harbor House, residential")).run())
    assert "It has 6 assessments" in written(test)
    assert "Delete it" not in {button.label for button in test.button}


def test_a_second_agency_is_set_up_and_entered_then_archived() -> None:
    test = opened("setup/agency.py", "More")
    fill(test, "Name of the agency", "Hilltop")
    fill(test, "State", "WY")
    fill(test, "Time zone", "America/Denver")
    fill(test, "Name of the site", "Ridge")
    test = press(test, "Set up this agency")
    assert "**Hilltop**" in test.main.markdown[0].value
    test = press(test, "Archive this agency")
    assert not test.sidebar.selectbox
    test = press(test, "Take it out of the archive")
    assert "Hilltop" in test.sidebar.selectbox[0].options


def test_my_name_is_changed() -> None:
    test = opened("setup/agency.py", "More")
    fill(test, "Your name", "Ana Maria")
    test = press(test, "Save my name").switch_page("home/home.py").run()
    assert "**Riverbend** · Ana Maria" in written(test)


@pytest.mark.slow
@pytest.mark.usefixtures("furnished")
def test_the_demonstration_is_removed_and_the_way_back_is_shown() -> None:
    test = demonstration("setup/agency.py")
    test = sound(test.segmented_control(key="section").set_value("More").run())
    press(test, "Yes, remove it")
    left = app()
    left.query_params["show"] = "demonstration"
    left = sound(left.run())
    assert "The demonstration is not here" in left.info[0].value
    assert "Where you left off" in written(press(left, "Furnish it again"))


def test_a_pack_is_switched_on_and_off() -> None:
    test = opened("setup/checklists.py")
    test = sound(test.toggle(key="pack-confidentiality-1.0-False").set_value(True).run())
    assert "is in use now" in test.success[0].value
    test = sound(test.toggle(key="pack-confidentiality-1.0-True").set_value(False).run())
    assert "put away" in test.success[0].value


def test_an_own_checklist_is_read_first_then_kept_then_removed() -> None:
    test = opened("setup/checklists.py")
    test = sound(test.file_uploader[0].upload("ours.toml", OWN.encode(), "text/plain").run())
    assert "A written rule says who greets a newcomer" in written(test)
    test = press(test, "Put it on our shelf")
    assert "is on your shelf" in test.success[0].value
    assert r"**Our \*own\* checklist**" in written(test)
    assert "is not here" not in written(press(test, "Yes, remove it"))


def test_a_bad_checklist_is_told_line_by_line_and_not_kept() -> None:
    test = opened("setup/checklists.py")
    bad = OWN.replace('"page 2"', '""').encode()
    test = sound(test.file_uploader[0].upload("ours.toml", bad, "text/plain").run())
    assert "1 error in this file" in test.error[0].value
    assert "citation" in test.table[0].value["What is wrong"].item()
    assert "Put it on our shelf" not in {button.label for button in test.button}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('id = "our-own"', 'id = "pulse"', "an id of its own, for example “pulse-ours”"),
        ('subject = "site"', 'subject = "site"\npack = true', "packs come with the toolkit"),
    ],
)
def test_what_cannot_stand_on_the_shelf_is_said_before_it_is_read_through(before: str, after: str, says: str) -> None:
    test = opened("setup/checklists.py")
    changed = OWN.replace(before, after).encode()
    test = sound(test.file_uploader[0].upload("ours.toml", changed, "text/plain").run())
    assert says in test.error[0].value
    assert "A written rule says who greets a newcomer" in written(test)
    assert "Put it on our shelf" not in {button.label for button in test.button}


def test_a_warning_does_not_stop() -> None:
    test = opened("setup/checklists.py")
    text = OWN.replace('evidence = ["document"]\n', "").encode()
    test = sound(test.file_uploader[0].upload("ours.toml", text, "text/plain").run())
    assert "1 warning" in test.warning[0].value
    assert "is on your shelf" in press(test, "Put it on our shelf").success[0].value


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[[[", b"a = 1\n" * 50])
def test_any_file_is_answered_in_words(content: bytes) -> None:
    test = opened("setup/checklists.py")
    test = sound(test.file_uploader[0].upload("../../x`*.toml", content, "text/html").run())
    assert "error" in test.error[0].value


def test_the_sheet_form_is_taken_like_a_file() -> None:
    form = sheet.written(catalogue.read_text(OWN, "ours.toml"))
    test = opened("setup/checklists.py")
    test = sound(test.file_uploader[0].upload("ours.xlsx", form, "application/octet-stream").run())
    assert "A written rule says who greets a newcomer" in written(test)
    test = press(test, "Put it on our shelf")
    assert "is on your shelf" in test.success[0].value
    assert r"**Our \*own\* checklist**" in written(test)


def test_a_fault_in_the_sheet_form_is_told_with_its_cell_and_nothing_is_kept() -> None:
    checklist = catalogue.read_text(OWN, "ours.toml")
    wrong = checklist.model_copy(update={"edition": "1 0"})
    test = opened("setup/checklists.py")
    test = sound(test.file_uploader[0].upload("ours.xlsx", sheet.written(wrong), "application/octet-stream").run())
    assert "1 error in this file" in test.error[0].value
    assert test.table[0].value["Where"].item() == "Sheet “Checklist”, cell B3"
    assert "Put it on our shelf" not in {button.label for button in test.button}


@pytest.mark.parametrize("name", ["far_cell", "vba", "csv", "encrypted", "missing_sheet_part", "nothing", "noise"])
def test_a_hostile_workbook_is_answered_in_words(name: str) -> None:
    test = opened("setup/checklists.py")
    content = KINDS[name].build()
    test = sound(test.file_uploader[0].upload("../x`*.XLSX", content, "text/html").run())
    assert "1 error in this file" in test.error[0].value
    assert test.table[0].value["What to do"].item()
    assert "Put it on our shelf" not in {button.label for button in test.button}


def test_every_checklist_can_be_read_from_its_address() -> None:
    set_up()
    names = at("assess/standards.py").selectbox(key="read-checklist").options
    assert len(names) == 11
    test = at("assess/standards.py", checklist="posc-record-1.0")
    assert "and not on a site as a whole" in written(test)
    assert sum(len(kind) for kind in (test.markdown, test.expander, test.radio)) < 60


@pytest.mark.usefixtures("furnished")
def test_a_duty_says_whether_it_binds_this_agency() -> None:
    assert "A duty for your agency" in written(demonstration("assess/standards.py"))
    assert "Not a duty for your agency" in written(opened("assess/standards.py"))


def test_searching_narrows_to_what_has_the_words() -> None:
    test = opened("assess/standards.py")
    test = sound(test.text_input[0].set_value("sleep rules").run())
    assert "ORG-10" in written(test)
    assert "ORG-01" not in written(test)
    assert "Nothing in this checklist" in written(sound(test.text_input[0].set_value("zeppelin").run()))


@pytest.mark.usefixtures("furnished")
def test_the_trail_tells_what_was_done_in_words() -> None:
    test = demonstration("setup/trail.py")
    table = test.table[0].value
    assert len(table) == 50
    assert list(table.columns) == ["When and who", "What and where", "From", "To"]
    test = sound(test.selectbox[0].set_value("submit").run())
    told = list(test.table[0].value["What and where"])
    assert len(told) == 4
    assert all(line.startswith("Submitted · Harbor House") for line in told)
    assert sum("Baseline" in line for line in told) == 3


@pytest.mark.usefixtures("furnished")
def test_the_chain_is_checked_and_a_foreign_link_is_noticed() -> None:
    test = demonstration("setup/trail.py")
    assert "The chain holds" in press(test, "Check the chain").success[0].value
    fill(test, "A link printed on a receipt, if you have one", "0123456789abcdef")
    assert "cut off" in press(test, "Check the chain").error[0].value
