from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.beginnings import begun
from tests.use_cases import cast


@pytest.fixture(autouse=True)
def own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The key of the audit trail lies in the data folder."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.fixture
def house(engine: Engine) -> cast.House:
    return begun(engine, cast.riverbend)


@pytest.fixture
def neighbor(engine: Engine, house: cast.House) -> cast.House:
    """Hilltop, beside Riverbend in the same database."""
    return cast.hilltop(engine)
