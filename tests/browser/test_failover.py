"""One of two processes is killed while people rate: nothing that was called saved is lost, and they go on."""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select
from sqlmodel import col

from assessments.store import database
from assessments.store.tables import Rating, Sheet
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.invitations import invite
from server.visitors import HOSTED_COOKIE, now
from tests.browser.chromium import settled, visitor
from tests.browser.rating import choose, connected, on_level, says_saved, until
from tests.conftest import missing
from tests.hosting.farm import Farm, farm, two_roles
from tests.hosting.people import Person, lost, rate_while_one_dies
from tests.hosting.proxy import program
from tests.stores import Cluster
from tests.use_cases.cast import BASELINE, House, riverbend

# The mock is written for an Authlib before ours.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
PEOPLE = 2
PROVIDERS_STYLE = "cdn.jsdelivr.net"


@pytest.fixture
def house(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Riverbend, set up before it was hosted: the first who signs in is Ann, who has done that."""
    if program() is None:
        missing("nginx")
    with two_roles(cluster) as made:
        monkeypatch.setenv("DATABASE_URL", made.url)
        engine = database.connect(made.url)
        yield riverbend(engine)
        engine.dispose()


@pytest.fixture
def hosted(house: House, tmp_path: Path) -> Iterator[Farm]:
    with farm(tmp_path, house.engine.url.render_as_string(hide_password=False)) as running:
        yield running
        for process in running.processes.values():  # shown where the test fails
            sys.stdout.write("\n".join([*process.output, ""]))


def crew(house: House, hosted: Farm, port: int) -> list[Person]:
    """Each invited, signed in by herself, at a draft of her own, and with a page of this process."""
    people = []
    for number in range(PEOPLE):
        draft = house.begin(replace(BASELINE, name=f"Cycle {number}"))
        token = house.write(invite, f"Person {number}", ["assessor"], now=now())
        session = hosted.sign_in(f"person-{number}", token).removeprefix(f"{HOSTED_COOKIE}=")
        people.append(Person(draft, {HOSTED_COOKIE: session, "plumbline_at": str(port)}))
    return people


def signs_in(page: Page, hosted: Farm, subject: str) -> Page:
    """By the link that the start printed, over the provider's own page."""
    page.goto(hosted.first_link())
    page.get_by_role("link", name="County account").click()
    page.locator("[name=sub]").fill(subject)
    page.locator("[type=submit]").first.click()
    page.wait_for_url(f"{hosted.url}/**")
    return settled(page)


def at(page: Page) -> int:
    """The port of the process that has the page."""
    return int(cookies(page)["plumbline_at"])


def cookies(page: Page) -> dict[str, str]:
    return {one["name"]: one["value"] for one in page.context.cookies()}


def opens(page: Page, hosted: Farm, house: House) -> Page:
    page.goto(f"{hosted.url}/rate?assessment={house.assessment}&part=SUP-1")
    expect(page.locator(".st-key-card-SUP-03").get_by_role("radio").first).to_be_attached(timeout=30_000)
    return settled(page)


def test_a_process_dies_while_people_rate(
    house: House, hosted: Farm, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(hosted.nginx.certificate))  # whom people without a browser trust
    someone = visitor(browser, let_in=False, foreign=PROVIDERS_STYLE, ignore_https_errors=True)
    with someone as page, ThreadPoolExecutor(1) as beside:
        opens(signs_in(page, hosted, "ann-1"), hosted, house)
        choose(page, "SUP-01", 3)
        says_saved(page, "SUP-01")
        first, session = at(page), cookies(page)[HOSTED_COOKIE]
        people, dies, killed = crew(house, hosted, first), Event(), Event()
        rating = beside.submit(lambda: asyncio.run(rate_while_one_dies(hosted, people, killed, dies)))
        assert dies.wait(30), rating.exception(0)
        hosted.processes[first].kill()
        killed.set()
        connected(page)
        choose(page, "SUP-02", 1)
        until(on_level(house, "SUP-02", 1), page, "the first click after the kill")
        says_saved(page, "SUP-02")
        rating.result(timeout=60)
        assert at(page) != first and cookies(page)[HOSTED_COOKIE] == session, "signed in still, with the other process"
        assert house.row("SUP-01").answer.level == 3
    assert lost(people) == []
    assert all(person.began_anew for person in people), "all of them were with the one that died"
    for process in hosted.processes.values():
        assert process.mistakes() == []
    control_a_lost_rating_is_seen(people)


def control_a_lost_rating_is_seen(people: list[Person]) -> None:
    person = people[0]
    name, agency_id = next(iter(person.acknowledged)), person.house.actor.agency_id
    with database.writing(person.house.engine) as db, seen_by(db, Asker(agency_id)):
        sheets = select(col(Sheet.id)).where(
            col(Sheet.agency_id) == agency_id, col(Sheet.assessment_id) == person.house.assessment
        )
        hers = col(Rating.sheet_id).in_(db.execute(sheets).scalars().all())
        db.execute(delete(Rating).where(col(Rating.agency_id) == agency_id, hers, col(Rating.indicator_id) == name))
    assert lost(people) == [f"{person.house.assessment} {name}"]
