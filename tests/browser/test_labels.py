"""A choice whose words change while it is chosen stays chosen, so that no press reaches another than is shown."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.browser.chromium import settled
from tests.browser.server import Server
from tests.use_cases.cast import BASELINE, House


def test_what_is_reopened_is_what_was_submitted(page: Page, desk: Server, own_house: House) -> None:
    """Its status stands in the words of the choice. It is not the first of them."""
    house = own_house.begin(replace(BASELINE, name="Second cycle"))
    house.rate("ORG-07", 2)
    settled_at(page, f"{desk.url}/review?assessment={house.assessment}")
    page.get_by_role("button", name="Submit this assessment").click()
    page.get_by_role("button", name="Yes, submit it").click()
    says(page, "(submitted)", "Submitted. The ratings are frozen")
    page.get_by_label("Why it is opened again").fill("One policy was found afterwards")
    page.get_by_role("button", name="Reopen it").click()
    says(page, "(reopened)", "Reopened. Submit it again")
    assert page.url.endswith(house.assessment)


def settled_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Review and submit")).to_be_visible(timeout=30_000)
    settled(page)


def says(page: Page, status: str, done: str) -> None:
    expect(page.get_by_text(done)).to_be_visible(timeout=15_000)
    settled(page)
    chosen = page.get_by_role("combobox", name="Assessment").input_value()
    assert "Second cycle" in chosen and chosen.endswith(status)
