"""Every page, in both themes and on a phone: axe-core finds nothing serious or critical, and nothing goes wrong.

A page is loaded once and then shown on one screen after the other, as when somebody turns to the dark at dusk.
"""

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.chromium import axe, settled
from tests.browser.server import Server

PAGES = (
    "",
    "assessments",
    "raters",
    "rate",
    "compare",
    "meeting",
    "guide",
    "review",
    "workbook",
    "standards",
    "gaps",
    "ratings",
    "confidence",
    "cycles",
    "report",
    "priorities",
    "targets",
    "plan",
    "roster",
    "roles",
    "rate_staff",
    "rate_staff?way=One+competency",
    "records",
    "read_plan",
    "offline",
    "readers",
    "results",
    "competencies",
    "person",
    "courses",
    "training",
    "learned",
    "team",
    "partners",
    "partners?view=Suggested+levels",
    "templates",
    "counts",
    "sites",
    "peers",
    "counts_together",
    "sharing",
    "collaborative",
    "agency",
    "checklists",
    "trail",
    "people",
    "close",
)
STOPPED = "because of a mistake in Plumbline"
SCREENS: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {
    "wide and light": ({"width": 1280, "height": 900}, "light"),
    "narrow and dark": ({"width": 390, "height": 844}, "dark"),
}
SHARES = [PAGES[first::4] for first in range(4)]
IS_DRAWN = """scheme => {
  const drawn = getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor
  return drawn.match(/[0-9]+/)[0] < 128 === (scheme === 'dark')
}"""


@pytest.mark.parametrize("paths", SHARES, ids=lambda paths: f"{paths[1]} to {paths[-1]}")
def test_every_page_of_the_demonstration(page: Page, demonstration: Server, paths: tuple[str, ...]) -> None:
    wrong = {path: mistakes_of(page, f"{demonstration.url}/{path}") for path in paths}
    assert {path: found for path, found in wrong.items() if found} == {}


def mistakes_of(page: Page, address: str) -> list[str]:
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    return [f"{screen}: {mistake}" for screen in SCREENS for mistake in mistakes_on(page, screen)]


def mistakes_on(page: Page, screen: str) -> list[str]:
    show_on(page, *SCREENS[screen])
    found = axe(page)
    if page.get_by_text(STOPPED).count():
        found.append("the page stopped with a mistake")
    if page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth > innerWidth"):
        found.append("the page is wider than the screen")
    return found


def show_on(page: Page, viewport: ViewportSize, color_scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=color_scheme)
    page.wait_for_function(IS_DRAWN, arg=color_scheme)


def test_the_welcome(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Welcome to Plumbline")).to_be_visible(timeout=30_000)
    assert [mistake for screen in SCREENS for mistake in mistakes_on(page, screen)] == []


def test_a_deep_link_on_a_fresh_server_runs_the_frame(page: Page, new_server: Server) -> None:
    """Were pages/ beside the main script, the page would run without the frame: no actor, no navigation."""
    page.goto(f"{new_server.url}/gaps")
    expect(page.get_by_role("heading", name="Welcome to Plumbline")).to_be_visible(timeout=30_000)
    settled(page)
    assert new_server.mistakes() == []
