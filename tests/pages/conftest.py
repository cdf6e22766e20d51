import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from assessments import demo
from assessments.store import database, place
from tests.beginnings import begun
from tests.stores import without_waiting_for_the_disk
from tests.use_cases.cast import House, riverbend


@pytest.fixture(autouse=True, scope="package")
def careless() -> Iterator[None]:
    with without_waiting_for_the_disk():
        yield


@pytest.fixture(autouse=True, scope="session")
def installed_components() -> Iterator[None]:
    """Streamlit reads the metadata of every installed package for each AppTest, and takes half a second to find
    nothing; nothing is installed between two tests.
    """
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda *_args, **_kwargs: found)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration: furnished once, as that takes a second and a half."""
    folder = tmp_path_factory.mktemp("demonstration")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATA_DIR", str(folder))
        engine = database.connect(place.sqlite_url(place.demonstration_dir()))
        database.migrate(engine)
        demo.furnish(engine, datetime.now(UTC))
        engine.dispose()
    return folder


@pytest.fixture
def furnished(data_folder: Path, template: Path) -> None:
    shutil.copytree(template, data_folder, dirs_exist_ok=True)


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Iterator[Path]:
    """Every test has a machine of its own: a data folder with an empty database, as making its tables takes a quarter
    of a second, and no engine left over from another.
    """
    assert sqlite_url == place.sqlite_url(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    """An agency with one assessment, empty, on this test's machine."""
    assert sqlite_url == place.database_url()
    engine = database.connect(sqlite_url)
    yield begun(engine, riverbend)
    engine.dispose()
