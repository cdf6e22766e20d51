"""A form that is sent twice in a real browser: saved once, said, and never called a failure."""

import pytest
from playwright.sync_api import Page, expect

from assessments.use_cases.partners import PartnerLine, add_partner, partners
from assessments.use_cases.quarter_counts import quarter_counts
from tests.browser.chromium import settled
from tests.browser.rating import until
from tests.browser.server import Server
from tests.use_cases.cast import NOW, House
from tests.use_cases.test_partners import CLINIC

PAUSES = (0, 120, 300)
"""Milliseconds between two clicks: before, while and after the first one is saved."""


@pytest.fixture
def house(own_house: House, desk: Server, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DATA_DIR", str(desk.data_dir))  # its audit key
    return own_house


def opened(page: Page, server: Server, path: str, button: str) -> Page:
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("button", name=button).first).to_be_visible(timeout=30_000)
    return settled(page)


def twice(page: Page, button: str, pause: int) -> None:
    """In the page itself, where no test can wait in between for the button to go."""
    page.evaluate(
        """([name, pause]) => {
            const found = [...document.querySelectorAll("button")].find(one => one.innerText.trim() === name);
            found.click(); setTimeout(() => found.click(), pause);
        }""",
        [button, pause],
    )


def known(house: House) -> list[PartnerLine]:
    found: list[PartnerLine] = house.read(partners)
    return found


def test_a_partner_and_an_agreement_are_added_once(page: Page, desk: Server, house: House) -> None:
    opened(page, desk, "partners", "Add a partner")
    for number, pause in enumerate(PAUSES, start=1):
        page.get_by_role("button", name="Add a partner").click()
        page.get_by_role("textbox", name="Name of the partner").fill(f"Clinic {number}")
        page.get_by_role("combobox", name="What it offers").click()
        page.get_by_role("option", name="Pediatric care").click()
        settled(page)
        twice(page, "Add this partner", pause)
        expect(page.get_by_test_id("stAlert").get_by_text("The partner is added.")).to_be_visible(timeout=15_000)
        expect(page.get_by_text("Not saved")).to_have_count(0)
        assert [one.details.name for one in known(house)] == [f"Clinic {one + 1}" for one in range(number)]
    page.get_by_role("combobox", name="Open one partner").click()
    page.get_by_role("option", name="Clinic 1").click()
    for number, pause in enumerate(PAUSES, start=1):
        page.get_by_role("button", name="Add an agreement").click()
        expect(page.get_by_text("Kind of agreement")).to_be_visible()
        settled(page)
        twice(page, "Add this agreement", pause)
        told = page.get_by_test_id("stToast").filter(has_text="The agreement is added. It is not a consent.")
        expect(told).to_be_in_viewport(timeout=15_000)
        expect(page.get_by_test_id("stAlert").get_by_text("The agreement is added.")).to_be_visible()
        expect(told).to_have_count(0, timeout=15_000)
        expect(page.get_by_text("Not saved")).to_have_count(0)
        assert len(known(house)[0].agreements) == number


def test_a_count_is_emptied(page: Page, desk: Server, house: House) -> None:
    opened(page, desk, "counts", "Enter ")
    for number, stored, told in (("12", 12, " are saved."), ("", None, " are emptied.")):
        page.get_by_role("button", name="Enter ").or_(page.get_by_role("button", name="Change ")).first.click()
        page.get_by_role("spinbutton", name="Infants identified").fill(number)
        page.get_by_role("spinbutton", name="Infants identified").press("Tab")
        page.get_by_role("button", name="Save the counts").click()
        expect(page.get_by_test_id("stAlert").get_by_text(told)).to_be_visible(timeout=15_000)
        until(lambda: house.read(quarter_counts, NOW.date())[0].counts.identified == stored, page, number)  # noqa: B023


def test_addresses_that_people_type_are_no_links(page: Page, desk: Server, house: House) -> None:
    typed = "www.one.org http://two.org/x https://three.org mailto:a@four.org b@five.org"
    house.write(add_partner, CLINIC.__class__(typed, "pediatric"), "an example")
    opened(page, desk, "partners", "Add a partner")
    expect(page.get_by_text("three.org").first).to_be_visible()
    assert page.locator("a[href*='.org']").count() == 0
