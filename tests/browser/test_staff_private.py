"""Names and codes of staff reach no address that the browser asks for, and no line of the server's log."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from assessments import demo_staff
from assessments.store import database, place
from assessments.store.tables import Table
from tests.browser.rating import until
from tests.browser.server import Server

PATHS = ("roster", "roles", "rate_staff", "competencies", "person", "courses", "training", "learned")
HIDDEN = [part for ones in demo_staff.WORKERS.values() for one in ones for part in (one.code, *one.name.split())]
MEMBERS = Table.metadata.tables["staff_member"]


def told(text: str) -> list[str]:
    """The names and codes in it, as they are written."""
    return [part for part in HIDDEN if part in text]


@pytest.fixture
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("staff"), "--demo").start()


def test_no_address_and_no_log_tells_who_works_there(
    visitors: Callable[..., Page], demonstration: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, asked = visitors(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demonstration.url)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=60_000)
    monkeypatch.setenv("DATA_DIR", str(demonstration.data_dir))
    engine = database.connect(place.sqlite_url(place.demonstration_dir()))
    with engine.connect() as connection:
        member = connection.execute(select(MEMBERS.c.id).where(MEMBERS.c.code == "HH-03")).scalar_one()
    engine.dispose()
    page.goto(f"{demonstration.url}/person?staff={member}")
    expect(page.get_by_role("heading", name="Strengths")).to_be_visible(timeout=60_000)
    chosen = "every => every.map(one => one.value).join(' ')"
    until(lambda: told(page.locator("input").evaluate_all(chosen)) != [], page, "the control: on the page they stand")
    for path in PATHS:
        page.goto(f"{demonstration.url}/{path}?staff={member}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=60_000)
    demonstration.kill()
    assert len(asked) > len(PATHS)
    assert {part for address in asked for part in told(address)} == set()
    assert told("\n".join(demonstration.output)) == []
    assert demonstration.mistakes() == []
