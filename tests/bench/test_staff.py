"""What the page Competencies is measured with."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from assessments.store import database, place
from assessments.use_cases.holding import seen_staff
from assessments.use_cases.matrix import matrix
from bench import staff
from tests.use_cases.cast import STAFF


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    made = database.connect(place.sqlite_url(tmp_path))
    database.migrate(made)
    return made


def test_everybody_is_rated_on_everything_and_a_third_by_themselves_too(engine: Engine) -> None:
    actor = staff.staffed(engine, 9)
    with database.reading(engine) as db:
        members = [one.id for one in seen_staff(db, actor, staff.TODAY).members]
        found = matrix(db, actor, staff.TODAY, STAFF, members)
    assert len(members) == 9
    cells = [one for member in members for one in found.of_staff(member).values()]
    assert len(cells) == 9 * 31 and all(one.is_known for one in cells)
    assert sum(one.self_rated is not None for one in cells) == 9 * 31 // 3
    engine.dispose()
