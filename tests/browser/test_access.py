"""Every page, in both themes and on a phone: axe-core finds nothing serious or critical, and nothing goes wrong."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

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
SCREENS = {
    "wide and light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "narrow and dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("demonstration"), "--demo").start()
    yield running
    assert running.mistakes() == []
    running.kill()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_the_demonstration(visitors: Callable[..., Page], demonstration: Server, screen: str) -> None:
    page = visitors(**SCREENS[screen])
    wrong = {path: mistakes_of(page, f"{demonstration.url}/{path}") for path in PAGES}
    assert {path: found for path, found in wrong.items() if found} == {}


def mistakes_of(page: Page, address: str) -> list[str]:
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    found = axe(page)
    if page.get_by_text(STOPPED).count():
        found.append("the page stopped with a mistake")
    if page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth > innerWidth"):
        found.append("the page is wider than the screen")
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_the_welcome(visitors: Callable[..., Page], new_server: Server, screen: str) -> None:
    page = visitors(**SCREENS[screen])
    page.goto(new_server.url)
    expect(page.get_by_role("heading", name="Welcome to Plumbline")).to_be_visible(timeout=30_000)
    assert axe(page) == []


def test_a_deep_link_on_a_fresh_server_runs_the_frame(page: Page, new_server: Server) -> None:
    """Were pages/ beside the main script, the page would run without the frame: no actor, no navigation."""
    page.goto(f"{new_server.url}/gaps")
    expect(page.get_by_role("heading", name="Welcome to Plumbline")).to_be_visible(timeout=30_000)
    settled(page)
    assert new_server.mistakes() == []
