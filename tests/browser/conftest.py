"""Browser tests. A worker's tests share `server`, which stays empty, `demonstration` and `desk`; `new_server` is empty
and the test's own.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assessments.use_cases.agencies import archive_agency, revise_agency
from tests.browser import chromium
from tests.browser.rating import household
from tests.browser.server import Server
from tests.conftest import missing
from tests.use_cases.cast import RIVERBEND, House

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium.installed(playwright)
        if path is None:
            missing("Chromium")
        running = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()


def started(folder: Path) -> Iterator[Server]:
    running = Server(folder).start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from started(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """To be looked at."""
    running = Server(tmp_path_factory.mktemp("demonstration"), "--demo").start()
    yield running
    assert running.mistakes() == []
    running.kill()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Where tests have a house of their own, and may restart it."""
    yield from started(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def riverbend(desk: Server) -> Iterator[House]:
    with at(desk) as house:
        yield house


@pytest.fixture
def own_house(desk: Server) -> Iterator[House]:
    with at(desk) as house:
        yield house


@contextmanager
def at(desk: Server) -> Iterator[House]:
    """Afterwards archived: whoever comes next works in a house of theirs alone."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATA_DIR", str(desk.data_dir))  # its audit key
        house = household(desk)
    yield house
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATA_DIR", str(desk.data_dir))
        house.write(revise_agency, replace(RIVERBEND, name=house.actor.agency_id))
        house.write(archive_agency)
    house.engine.dispose()


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "data").start()
    yield running
    running.kill()


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each a browser of its own: `visitors()`, `visitors(color_scheme="dark")`,
    `visitors(let_in=False)`.
    """
    with ExitStack() as open_pages:
        yield lambda **settings: open_pages.enter_context(chromium.visitor(browser, **settings))


@pytest.fixture
def page(visitors: Callable[..., Page]) -> Page:
    return visitors(viewport={"width": 1280, "height": 900})
