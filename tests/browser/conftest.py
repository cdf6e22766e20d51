"""Browser tests: `server` is shared by a worker's tests, `new_server` is empty and the test's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.server import Server
from tests.conftest import missing

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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data")).start()
    yield running
    running.kill()


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
