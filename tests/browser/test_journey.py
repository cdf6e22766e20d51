"""The main job, as its user does it: from an empty machine to a gap report."""

import re

from playwright.sync_api import Page, expect

from tests.browser.chromium import settled
from tests.browser.rating import card, choose, says_saved
from tests.browser.server import Server

COUNTED = re.compile("^Counted")
PARTS = {
    "Organization policy (1 of 3)": 4,
    "Organization policy (2 of 3)": 5,
    "Organization policy (3 of 3)": 2,
    "Partnerships (1 of 4)": 3,
    "Partnerships (2 of 4)": 3,
    "Partnerships (3 of 4)": 4,
    "Partnerships (4 of 4)": 5,
    "Supervision and training (1 of 2)": 3,
    "Supervision and training (2 of 2)": 4,
}


def test_from_a_fresh_machine_to_a_gap_report(page: Page, new_server: Server) -> None:
    page.goto(new_server.url)
    set_up(page)
    page.get_by_test_id("stMain").get_by_role("link", name="Start an assessment").click()
    start(page)
    for number, (title, size) in enumerate(PARTS.items(), start=1):
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=15_000)
        rate_all(page, size)
        following = page.get_by_role("link", name="Next part" if number < len(PARTS) else "Review and submit")
        following.last.click()
    submit(page)
    page.get_by_test_id("stMain").get_by_role("link", name="See the gaps").click()
    expect(page.get_by_text("convention")).not_to_have_count(0, timeout=15_000)
    settled(page)
    expect(page.get_by_text("33 of 33").first).to_be_visible()
    assert new_server.mistakes() == []


def set_up(page: Page) -> None:
    page.get_by_label("Your name").fill("Alex Rivera")
    page.get_by_label("Name of the agency").fill("Riverbend Recovery")
    for label, value in {"State": "Wyoming", "Time zone": "Mountain"}.items():
        page.get_by_role("combobox", name=label).fill(value)
        page.get_by_role("option", name=value).first.click()
    page.get_by_label("Name of the site").fill("Main Street")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("is set up")).to_be_visible(timeout=15_000)
    settled(page)


def start(page: Page) -> None:
    settled(page)
    expect(page.get_by_role("button", name="Start this assessment")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Start this assessment").click()


def rate_all(page: Page, size: int) -> None:
    """Every indicator of the part on level 3, counts as 8 of 10."""
    settled(page)
    expect(page.locator('[class*="st-key-card-"]')).to_have_count(size, timeout=15_000)
    names = page.locator('[class*="st-key-card-"]').evaluate_all(
        "cards => cards.map(card => card.className.match(/st-key-card-([A-Z]+-\\d+)/)[1])"
    )
    for name in names:
        if card(page, name).get_by_role("radio", name=COUNTED).count():
            count(page, name)
        else:
            choose(page, name, 3)
        says_saved(page, name)


def count(page: Page, name: str) -> None:
    card(page, name).get_by_text(COUNTED).click()
    share = card(page, name).get_by_placeholder("7 of 9")
    share.fill("8 of 10")
    share.press("Enter")
    expect(card(page, name).get_by_text(re.compile("Level 3 .*8 of 10"))).to_be_visible(timeout=15_000)


def submit(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Submit this assessment").click()
    page.get_by_role("button", name="Yes, submit it").click()
    expect(page.get_by_text("Submitted. The ratings are frozen")).to_be_visible(timeout=15_000)
    settled(page)
