"""The commands of whoever hosts it, as they are typed: what they say, and how they end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assessments import __main__ as command
from assessments.store import database, place
from tests.store import full


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    """A furnished house in the data folder."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    made = database.connect(place.database_url())
    database.migrate(made)
    full.furnish(made)
    yield made
    made.dispose()


def run(*arguments: str | Path) -> int:
    return command.main([str(argument) for argument in arguments])


def test_a_backup_says_what_it_holds_what_not_and_where_the_trails_end(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", tmp_path / "saved.backup") == 0
    said = capsys.readouterr().out
    with engine.connect() as connection:
        named = "SELECT link FROM audit_head JOIN agency ON id = agency_id WHERE name = 'Riverbend Recovery'"
        link = connection.execute(text(named)).scalar_one()
    for part in (f"{link[:12]}  Riverbend Recovery", "audit.key in another place", "The demonstration is not in it"):
        assert part in said
    assert run("verify", "--link", link[:12]) == 0
    assert "Verified: the database is whole" in capsys.readouterr().out


def test_a_laptop_is_lost_and_restored(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", tmp_path / "saved.backup") == 0
    key = (place.data_dir() / "audit.key").read_text()
    before = full.data(engine)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "another"))
    assert run("restore", tmp_path / "saved.backup") == 1
    assert "There is no audit.key in" in capsys.readouterr().err
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a third"))
    (place.data_dir() / "audit.key").write_text(key)
    assert run("restore", tmp_path / "saved.backup") == 0
    assert "Verified" in capsys.readouterr().out
    restored = database.connect(place.database_url())
    assert full.data(restored) == before
    restored.dispose()
    assert run("restore", tmp_path / "saved.backup") == 1
    assert "an empty installation only" in capsys.readouterr().err


def test_what_differs_ends_with_one(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with database.writing(engine) as db:
        db.execute(text("UPDATE summary_score SET mean_over = 4 WHERE domain_id = 'ORG'"))
        db.execute(text("UPDATE agency SET name = 'Evil \x1b[2J'"))
    assert run("verify") == 1
    said = capsys.readouterr().err
    assert "mean is stored as 4, and its ratings give 3" in said
    assert "\x1b" not in said


def test_a_short_link_is_refused(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--link", "abc") == 1
    assert "Give all 12 characters" in capsys.readouterr().err
    assert run("verify", "--link", "0123456789ab") == 1
    assert "entries were cut off" in capsys.readouterr().err
    engine.dispose()


@pytest.mark.parametrize("act", ["verify", "doctor", "backup"])
def test_where_nothing_is_nothing_is_made(act: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(act, *([tmp_path / "saved.backup"] if act == "backup" else [])) == 1
    assert "There is no database yet" in capsys.readouterr().err
    assert not (place.data_dir() / "plumbline.db").exists()
    assert not (tmp_path / "saved.backup").exists()


def test_the_doctor_ends_with_one_only_where_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate") == 0
    (place.data_dir() / "plumbline.db").chmod(0o600)
    assert run("doctor") == 0
    assert "warning  last backup: none is known" in capsys.readouterr().out
    place.data_dir().chmod(0o755)
    assert run("doctor") == 1
    assert "chmod 700" in capsys.readouterr().err


@pytest.mark.slow
def test_what_a_command_makes_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environment = os.environ | {"DATA_DIR": str(folder)}
    made = [sys.executable, "-m", "assessments"]
    subprocess.run([*made, "migrate"], check=True, env=environment, umask=0o022, capture_output=True)
    subprocess.run([*made, "backup", str(tmp_path / "x")], check=True, env=environment, umask=0, capture_output=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, folder / "plumbline.db", tmp_path / "x")}
    assert modes == {"data": 0o700, "plumbline.db": 0o600, "x": 0o600}
