"""The bar of doors in a browser: it leads on without a new session, by mouse, keys and thumb."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import settled
from tests.browser.rating import through
from tests.browser.server import Server

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def standing(page: Page, demonstration: Server) -> Page:
    page.goto(f"{demonstration.url}/rate")
    expect(page.get_by_role("radio").first).to_be_attached(timeout=30_000)
    page.evaluate("window.wasHere = true")
    return settled(page)


def bar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Pages")


def at(page: Page, path: str) -> None:
    page.wait_for_function("path => location.pathname === path && window.wasHere", arg=path)
    settled(page)


def test_it_leads_on_and_the_way_back_leads_back(standing: Page) -> None:
    through(standing, "Understand", "Confidence")
    expect(standing.get_by_role("heading", name="Score against confidence")).to_be_visible(timeout=30_000)
    at(standing, "/confidence")
    expect(bar(standing).get_by_role("link", name="Confidence")).to_be_hidden()
    standing.go_back()
    expect(standing.get_by_role("radio").first).to_be_attached(timeout=30_000)
    at(standing, "/rate")
    bar(standing).get_by_role("link", name="Home").click()
    at(standing, "/")


def test_it_is_worked_with_keys(standing: Page) -> None:
    section = bar(standing).get_by_text("Plans", exact=True)
    door = bar(standing).get_by_role("link", name="Partners", exact=True)
    section.focus()
    standing.keyboard.press("Enter")
    expect(door).to_be_visible()
    standing.keyboard.press("Tab")
    standing.keyboard.press("Escape")
    expect(door).to_be_hidden()
    expect(section).to_be_focused()
    standing.keyboard.press("Enter")
    door.focus()
    standing.keyboard.press("Enter")
    expect(standing.get_by_role("heading", name="Partners").first).to_be_visible(timeout=30_000)
    at(standing, "/partners")


def test_one_section_is_open_at_most_and_none_after_a_click_beside(standing: Page) -> None:
    for section, door in (("Staff", "Courses"), ("Plans", "Records")):
        bar(standing).locator("summary").get_by_text(section, exact=True).click()
        expect(bar(standing).get_by_role("link", name=door, exact=True)).to_be_visible()
    expect(bar(standing).get_by_role("link", name="Courses", exact=True)).to_be_hidden()
    standing.get_by_role("heading", level=1).click()
    expect(bar(standing).get_by_role("link", name="Records", exact=True)).to_be_hidden()


def test_a_key_held_opens_another_tab(standing: Page) -> None:
    bar(standing).get_by_text("Understand", exact=True).click()
    with standing.context.expect_page() as opened:
        bar(standing).get_by_role("link", name="Gaps", exact=True).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("/gaps") and "/rate" in standing.url


def test_on_a_phone_the_doors_stand_behind_one(standing: Page) -> None:
    standing.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(bar(standing).get_by_text("Understand", exact=True)).to_be_hidden()
    bar(standing).get_by_text("Pages", exact=True).click()
    through(standing, "Understand", "Gaps")
    at(standing, "/gaps")
    expect(bar(standing).get_by_text("Understand", exact=True)).to_be_hidden()


def test_the_way_past_the_doors_leads_to_the_page(standing: Page) -> None:
    skip = bar(standing).get_by_role("link", name="Skip to the page")
    skip.focus()
    standing.keyboard.press("Enter")
    expect(standing.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("width", [800, 1024])
def test_no_door_lies_beyond_the_screen(standing: Page, width: int) -> None:
    """Also where the agencies stand beside the page."""
    standing.set_viewport_size({"width": width, "height": 800})
    bar(standing).get_by_text("Pages", exact=True).click()
    bar(standing).locator("summary").get_by_text("Set up", exact=True).click()
    box = bar(standing).get_by_role("link", name="Checklists").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    bar(standing).get_by_role("link", name="Checklists").click()
    at(standing, "/checklists")


def test_a_gap_leads_to_its_rating_and_the_way_back_to_the_gaps(standing: Page) -> None:
    through(standing, "Understand", "Gaps")
    gap = standing.get_by_role("listitem").filter(has=standing.get_by_role("link", name="Evidence, ORG-11"))
    expect(gap).to_contain_text("Safe-sleep practice", timeout=30_000)
    gap.get_by_role("link", name="Rate, ORG-11").click()
    at(standing, "/rate")
    assert "open=ORG-11" in standing.url
    expect(standing.get_by_role("radiogroup", name="ORG-11")).to_be_visible(timeout=30_000)
    standing.go_back()
    at(standing, "/gaps")
    gap.get_by_role("link", name="Evidence, ORG-11").press("Enter")
    at(standing, "/ratings")
    expect(standing.get_by_test_id("stMain")).to_contain_text("1 of 33 indicators", timeout=30_000)


def test_a_gap_opens_in_a_new_tab_too(standing: Page) -> None:
    through(standing, "Understand", "Gaps")
    evidence = standing.get_by_role("link", name="Evidence, ORG-11")
    with standing.context.expect_page() as opened:
        evidence.click(modifiers=["ControlOrMeta"], timeout=30_000)
    expect(opened.value.get_by_test_id("stMain")).to_contain_text("1 of 33 indicators", timeout=30_000)
    assert standing.url.split("?")[0].endswith("/gaps")


def test_a_long_word_in_a_piece_of_html_is_broken_on_a_phone(standing: Page) -> None:
    through(standing, "Understand", "Gaps")
    expect(standing.locator(".gaps li").first).to_be_visible(timeout=30_000)
    standing.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    for place in (".gaps li > div", ".gaps .typed", ".shown tbody th .typed", ".shown td .typed"):
        standing.locator(place).first.evaluate("(one, word) => { one.textContent = word }", "w" * 130)
        assert standing.evaluate(wide) <= PHONE["width"], place
    standing.add_style_tag(content=".gaps, .shown, .shown td { overflow-wrap: normal !important }")
    assert standing.evaluate(wide) > PHONE["width"], "control"
