"""Hosted mode from the first link to the end of somebody's access, in real browsers, behind TLS, on two processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlmodel import col

from assessments.store import database
from assessments.store.tables import Invitation
from tests.browser.chromium import axe_of, settled, visitor
from tests.browser.hosted import Front, HostedServer, settings
from tests.server.hosted import provider
from tests.stores import Cluster

# The mock is written for an Authlib before ours.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
STYLE_OF_THE_MOCK = "cdn.jsdelivr.net"
PATIENCE = 30_000
Person = Callable[..., Page]


class Place:
    """One address, two processes behind it, and one database."""

    def __init__(self, front: Front, processes: list[HostedServer], url: str) -> None:
        self.address, self.link, self._front = front.address, processes[0].link, front
        self.processes, self.url = processes, url

    def behind(self, place: int) -> None:
        """Whoever comes from now on meets this process; who is there stays where they are."""
        self._front.behind = self.processes[place].port

    def ends(self, name: str) -> None:
        """The time of somebody's invitation is over."""
        engine = database.connect(self.url, keeps_house=True)
        with database.writing(engine) as db:
            theirs = update(Invitation).where(col(Invitation.name) == name)
            db.execute(theirs.values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
        engine.dispose()


@pytest.fixture(scope="module")
def place(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("hosted")
    with ExitStack() as open_ones:
        url = open_ones.enter_context(cluster.database())
        county, state = (open_ones.enter_context(provider()) for _ in range(2))
        front = open_ones.enter_context(Front(folder).open())
        told = settings(folder, front.address, {"county": county, "state": state})
        processes: list[HostedServer] = []
        for first in (True, False):
            process = HostedServer(folder / "data", told, first, DATABASE_URL=url)
            open_ones.callback(process.kill)
            processes.append(process)
            process.start()
        found = Place(front, processes, url)
        found.behind(0)
        yield found
        assert [line for process in processes for line in process.mistakes()] == []


@pytest.fixture
def person(browser: Browser) -> Iterator[Person]:
    with ExitStack() as open_pages:
        yield lambda **how: open_pages.enter_context(
            visitor(browser, let_in=False, foreign=STYLE_OF_THE_MOCK, ignore_https_errors=True, **how)
        )


def signs_in(page: Page, subject: str, account: str = "county account") -> str:
    """Where the provider sent the browser back to."""
    came_back: list[str] = []
    page.on("request", lambda request: came_back.append(request.url) if "/signed-in/" in request.url else None)
    page.get_by_role("link", name=account).click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(lambda url: "/oauth2/authorize" not in url)
    return came_back[-1]


def says(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=PATIENCE)


def sets_up(page: Page, place: Place) -> None:
    page.goto(place.link)
    says(page, "Set up Plumbline")
    signs_in(page, "hal-1")
    says(page, "Welcome to Plumbline")
    page.get_by_label("Your name").fill("Hal Host")
    page.get_by_role("button", name="That is my name").click()
    page.get_by_label("Name of the agency").fill("Riverbend")
    for label, value in (("State", "Wyoming"), ("Time zone", "Mountain")):
        page.get_by_role("combobox", name=label).fill(value)
        page.get_by_role("option").first.click()
    page.get_by_label("Name of the site").fill("Main Street")
    page.get_by_role("button", name="Set up", exact=True).click()
    says(page, "Home")


def invites(page: Page, place: Place, name: str) -> str:
    page.goto(f"{place.address}/people")
    says(page, "People and access")
    page.get_by_test_id("stButtonGroup").get_by_text("Invitations").click()
    settled(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("combobox", name="Roles").fill("Assessor")
    page.get_by_role("option", name="Assessor").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Make the link").click()
    shown = page.get_by_test_id("stCode")
    expect(shown).to_contain_text("/invited?t=", timeout=PATIENCE)
    link = shown.inner_text().strip()
    page.get_by_role("button", name="Hide the link").click()
    expect(shown).to_be_hidden(timeout=PATIENCE)
    return link


def test_from_the_first_link_to_the_end_of_access(place: Place, person: Person) -> None:
    hal, ida, eve = person(), person(viewport={"width": 390, "height": 844}), person()
    sets_up(hal, place)
    link = invites(hal, place, "Ida Ivy")
    assert link.startswith(place.address)

    ida.goto(link)
    says(ida, "You are invited to Plumbline")
    assert axe_of(ida) == []
    came_back = signs_in(ida, "ida-7")
    says(ida, "Home")

    eve.goto(link)  # used twice
    says(eve, "This invitation does not open Plumbline")
    eve.goto(came_back)  # a callback replayed in another browser
    says(eve, "This sign-in was not finished")
    eve.goto(place.address)
    says(eve, "Sign in to Plumbline")
    signs_in(eve, "ida-7", "state account")  # the same subject, of another provider
    says(eve, "This account does not open Plumbline")

    over = invites(hal, place, "Oda")
    place.ends("Oda")
    eve.goto(over)
    says(eve, "This invitation does not open Plumbline")

    place.behind(1)  # Ida's page hangs on the first process
    hal.goto(f"{place.address}/people")
    says(hal, "People and access")
    hal.get_by_role("combobox", name="Change what somebody may do").fill("Ida")
    hal.get_by_role("option", name="Ida Ivy").click()
    hal.get_by_text("Yes, end the access of Ida Ivy").click()
    hal.get_by_role("button", name="End the access").click()
    says(ida, "You are not signed in any more")
    expect(hal.get_by_text("The access of Ida Ivy has ended.")).to_be_visible(timeout=PATIENCE)
    signs_in(ida, "ida-7")
    says(ida, "Your access has ended")
    ida.goto(came_back)
    says(ida, "This sign-in was not finished")

    hal.goto(f"{place.address}/close")
    hal.get_by_role("button", name="Sign out").last.click()
    says(hal, "You are not signed in any more")
