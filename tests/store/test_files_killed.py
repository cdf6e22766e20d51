"""Killed at whichever step, a row never stands without its file, and what is left over is swept away."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from assessments.store import database, files
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.evidence_files import evidence_file
from assessments.verify import verify
from tests.store.filer import INDICATOR
from tests.use_cases.cast import POLICY, House, riverbend
from tests.use_cases.files import BROUGHT, PDF

pytestmark = pytest.mark.slow


@pytest.fixture
def house_on_disk(sqlite_url: str) -> Iterator[House]:
    engine = database.connect(sqlite_url)
    house = riverbend(engine)
    house.write(add_evidence, house.assessment, INDICATOR, POLICY, file=BROUGHT)
    yield house
    engine.dispose()


def killed_at_each_step(house: House) -> Iterator[int]:
    """The number of each step, after a child was killed at it; ends with the first child that came through."""
    actor = house.actor
    arguments = [str(house.engine.url), actor.person_id, actor.agency_id, house.assessment]
    command = [sys.executable, "-m", "tests.store.filer", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        for at in range(1, 200):
            process.stdin.write(f"{at}\n")
            process.stdin.flush()
            if process.stdout.readline() == "ended\n":
                return
            yield at
    pytest.fail("no child came through")


def test_a_row_never_stands_without_its_file(house_on_disk: House) -> None:
    house, steps, left_over, moved = house_on_disk, 0, 0, 0
    for steps in killed_at_each_step(house):  # noqa: B007 - counted
        left_over += files.sweep(house.engine)
        line = house.row(INDICATOR).evidence[0]
        assert house.read(evidence_file, line.id).content.startswith(PDF), "as it was stored, or it is not given out"
        there = {path.name for path in files.folder_of(house.engine).iterdir()} - {files.LOCK}
        assert len(there) == 1
        moved = line.version
    assert steps > 20
    assert left_over > 3, "control: kills did leave something behind"
    assert moved > 1, "control: some came after the commit"
    assert verify(house.engine).files == 1
