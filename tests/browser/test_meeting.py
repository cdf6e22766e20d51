"""The meeting without a mouse: level, reason, save and next by the keys that the screen names."""

import pytest
from playwright.sync_api import Page, expect

from assessments.store import database
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from tests.browser.chromium import settled
from tests.browser.rating import household, until
from tests.browser.server import Server
from tests.use_cases.cast import NOW, House, level

FIRST, SECOND = "ORG-03", "ORG-05"


@pytest.fixture
def house(new_server: Server) -> House:
    """Two raters, three levels apart on two indicators."""
    house = household(new_server)
    sheets = [house.write(begin_rating, house.assessment, "peer", name) for name in ("Ann", "Bea")]
    with database.writing(house.engine) as db:
        for sheet, value in zip(sheets, (4, 1), strict=True):
            for indicator in (FIRST, SECOND):
                rate(db, house.actor, NOW, house.assessment, indicator, level(value), 0, sheet_id=sheet)
    for sheet in sheets:
        house.write(submit_sheet, house.assessment, sheet)
    return house


def test_a_meeting_by_keys_alone(page: Page, new_server: Server, house: House) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{new_server.url}/meeting?assessment={house.assessment}")
    _stands_on(page, FIRST)
    _fits(page)
    page.keyboard.press("2")
    expect(page.locator(".st-key-level-chosen-2")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("The policy of 2025 is a draft")  # the digits and the t go into the field and nowhere else
    page.keyboard.press("Control+Enter")
    until(lambda: house.row(FIRST).because == "The policy of 2025 is a draft", page, "saved with its reason")
    assert house.row(FIRST).answer.level == 2
    expect(page.get_by_text("Agreed: 2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    _stands_on(page, SECOND)
    page.keyboard.press("1")
    expect(page.locator(".st-key-level-chosen-1")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    _stands_on(page, FIRST)
    expect(page.get_by_text(f"not saved yet: {SECOND}")).to_be_visible()
    assert new_server.mistakes() == []


def _stands_on(page: Page, indicator: str) -> None:
    expect(page.get_by_role("heading", level=1, name=indicator)).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-meeting-next button")).to_be_attached()
    settled(page)


def _fits(page: Page) -> None:
    """Without scrolling, down to the line that names the keys."""
    page.wait_for_load_state("networkidle")
    assert page.locator(".st-key-meeting-foot").evaluate("foot => foot.getBoundingClientRect().bottom <= innerHeight")
