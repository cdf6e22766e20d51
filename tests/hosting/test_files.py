"""Every file of deploy/ is looked at by its own tool, and agrees with the others and with the program."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from assessments.__main__ import main as assessments_main
from assessments.store import database
from deploy.fill import NotFilled, filled, main
from server.hosting import VARIABLE, hosting
from tests.conftest import missing
from tests.hosting.farm import two_roles
from tests.hosting.proxy import DEPLOY, TEMPLATE, Nginx
from tests.stores import Cluster
from tests.use_cases.cast import riverbend

ROOT = DEPLOY.parent
UNITS = DEPLOY / "systemd"
SETTINGS = DEPLOY / "settings.toml"
INTERPRETER = "/opt/plumbline/.venv/bin/python"
EXPOSED = 2.0
"""Of 10, by systemd's own reckoning: what a unit that is broken into could still do."""


def test_nginx_takes_its_file(nginx_before: Callable[..., Nginx]) -> None:
    assert nginx_before(8501, 8502).faults() == ""
    three = nginx_before(8501, 8502, 8503)
    assert three.faults() == ""
    conf = three.folder / "plumbline.conf"
    conf.write_text(conf.read_text().replace("limit_req zone=plumbline_doors", "limit_req zone=nowhere"))
    assert "nowhere" in three.faults(), "control"


def test_a_template_is_filled_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = filled(TEMPLATE, SETTINGS)
    assert "{{" not in text and "{%" not in text and text.count("server 127.0.0.1:8501") == 3
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS.read_text().replace("https = 443\n", ""))
    with pytest.raises(NotFilled, match="https"):
        filled(TEMPLATE, settings)
    settings.write_text(SETTINGS.read_text() + "port = 1\n")
    assert main([str(TEMPLATE), str(settings)]) == 1
    assert capsys.readouterr().out == ""
    assert main([]) == 2


def test_the_units_are_sound(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze")
    assert verified(tmp_path, lambda text: text) == ""
    assert "ProtectHme" in verified(tmp_path, lambda text: text.replace("ProtectHome", "ProtectHme")), "control"
    looked = systemd("security", "--offline=true", "plumbline@8501.service", folder=tmp_path)
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", looked)
    assert level and float(level[1]) <= EXPOSED, looked


def verified(folder: Path, changed: Callable[[str], str]) -> str:
    """What systemd says of the units; the interpreter of /opt is ours, for that one is not there."""
    for unit in UNITS.iterdir():
        (folder / unit.name).write_text(changed(unit.read_text().replace(INTERPRETER, sys.executable)))
    names = [unit.name.replace("@.", "@8501.") for unit in UNITS.iterdir()]
    return systemd("verify", *names, folder=folder)


def systemd(*arguments: str, folder: Path) -> str:
    """Both outputs. The colon: systemd's own units are there as well."""
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:", "SYSTEMD_COLORS": "0"}
    command = ["systemd-analyze", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    return done.stdout + done.stderr


def test_units_nginx_and_container_mean_the_same() -> None:
    told = tomllib.loads(SETTINGS.read_text())
    wanted = re.findall(r"plumbline@(\d+)\.service", (UNITS / "plumbline.target").read_text())
    assert [int(port) for port in wanted] == told["processes"] and len(wanted) >= 2
    start = "-m server --no-browser"
    assert start in (UNITS / "plumbline@.service").read_text()
    assert '"-m", "server", "--no-browser"' in (DEPLOY / "Containerfile").read_text()
    named = {name for unit in UNITS.iterdir() for name in re.findall(r"/opt/plumbline/(deploy/\S+)", unit.read_text())}
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_example_of_hosted_mode_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(DEPLOY / "hosted.toml", tmp_path)
    (tmp_path / "county.secret").write_text("secret\n")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "hosted.toml"))
    found = hosting()
    assert found and found.host == tomllib.loads(SETTINGS.read_text())["host"]
    assert list(found.providers) == ["county"]


def test_the_environment_names_what_the_program_reads() -> None:
    lines = [line for line in (DEPLOY / "plumbline.env").read_text().splitlines() if not line.startswith("#")]
    assert {line.partition("=")[0] for line in lines} == {VARIABLE, "DATA_DIR"}


def lint(text: str) -> Iterator[str]:
    """What would break a build, or make it differ from what the tests have seen."""
    base = re.search(r"^FROM docker\.io/library/python:(\d+\.\d+)-slim-bookworm$", text, re.MULTILINE)
    spoken = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["python_version"]
    if base is None or base[1] != spoken:
        yield f"not on Python {spoken}"
    copied = [name for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for name in line.split()[:-1]]
    yield from (f"{name} is not there" for name in copied if not (ROOT / name).exists())
    needed = {"app.py", "requirements.txt", ".streamlit", "server", "pages", "reports", "assessments", "standards"}
    yield from (f"{name} is left out" for name in sorted(needed - set(copied)))
    if "--requirement requirements.txt" not in text:
        yield "what runs it is not what is pinned"
    if not re.search(r"^USER (?!root)\w+$", text, re.MULTILINE):
        yield "it would run as root"


def test_the_containerfile_builds_what_is_tested() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert list(lint(text)) == []
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert all(re.match(r"[\w\[\]-]+==[\w.]+(;.*)?$", line) for line in lines if not line.startswith("#"))
    spoiled = text.replace("3.11", "3.12").replace("COPY pages", "COPY stages").replace("USER plumbline", "USER root")
    assert list(lint(spoiled)) == [
        "not on Python 3.11",
        "stages is not there",
        "pages is left out",
        "it would run as root",
    ], "control"


@pytest.mark.postgres
def test_what_the_two_roles_may(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with two_roles(cluster) as made:
        refused = (
            "DELETE FROM audit_entry",
            "UPDATE audit_entry SET act = 'x'",
            "DROP TABLE rating",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "CREATE TABLE own (a int)",
            "UPDATE alembic_version SET version_num = '0'",
            "SET ROLE plumbline",
        )
        assert [sql for sql in refused if not _refuses(made.url, sql)] == []
        assert not _refuses(made.url, "DELETE FROM rating") and not _refuses(made.url, "SELECT * FROM alembic_version")
        assert not _refuses(made.owner_url, "DROP TABLE rating"), "control: the owner can"
        engine = database.connect(made.url)
        riverbend(engine)
        engine.dispose()
        backup = str(tmp_path / "evening.backup")
        monkeypatch.setenv("DATABASE_URL", made.url)
        assert assessments_main(["backup", backup]) == 1, "the role of every day sees one agency at a time"
        monkeypatch.setenv("DATABASE_URL", made.owner_url)
        assert assessments_main(["backup", backup]) == 0
        with two_roles(cluster) as tried:
            monkeypatch.setenv("DATABASE_URL", tried.owner_url)
            assert assessments_main(["restore", backup]) == 0


def _refuses(url: str, statement: str) -> bool:
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.Error:
            return True
        finally:
            connection.rollback()
    return False


def test_every_file_is_in_the_document() -> None:
    written = (ROOT / "docs" / "hosting.md").read_text()
    files = [file for file in DEPLOY.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert [file.name for file in files if file.name not in written] == []
