"""What every test may ask for. `engine` is a migrated, empty store, and the test runs once on each kind."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine

from assessments.store import database, place
from server.opening import RARELY
from tests import slowest, stores

# A busy machine is no fault of a rule: examples are not timed.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


SLOW = slowest.listed()


def pytest_itemcollected(item: pytest.Item) -> None:
    if slowest.function_of(item.nodeid) in SLOW:
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with a browser first: they take longest, and at the end no worker waits for one of them."""
    items.sort(key=lambda item: "tests/browser/" not in item.nodeid)


def missing(what: str) -> NoReturn:
    """Skips on a person's machine; in CI, where everything must be there, it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI has to test it")
    pytest.skip(f"{what} is not installed here")


@pytest.fixture(autouse=True)
def nothing_of_this_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test never reads or writes the data of whoever runs it."""
    for name in ("DATABASE_URL", "PORT", "PLUMBLINE_DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True, scope="session")
def what_is_loaded_stays() -> None:
    """As in the server (`server/opening.py`): the collector does not walk over all modules again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RARELY)


@pytest.fixture(autouse=True, scope="session")
def asked_once() -> Iterator[None]:
    """What stays the same from test to test: how a statement is compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessments.store.database.create_engine", stores.of_one_kind(create_engine))
        yield


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for the whole run, the same for every worker."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stores.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def cluster(run_folder: Path) -> Iterator[stores.Cluster]:
    tools = stores.postgres_tools()
    if tools is None:
        missing("PostgreSQL")
    with stores.shared_cluster(tools, run_folder) as running:
        yield running


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "plumbline.db")
    return place.sqlite_url(tmp_path)


@pytest.fixture
def postgres_url(cluster: stores.Cluster) -> Iterator[str]:
    with cluster.database() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    opened = database.connect(store_url)
    yield opened
    opened.dispose()
