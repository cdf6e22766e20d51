"""Whatever is not as it was saved is said: with agency, assessment and figures, and without a person's name."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assessments.store import audit, database, files, place, soundness
from assessments.verify import OLD, verify
from tests.store import full
from tests.use_cases.cast import House

KEY = "the key of the furnished house in these tests"


@pytest.fixture(autouse=True)
def same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", KEY)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> House:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIT_KEY", KEY)
        engine = full.empty(tmp_path_factory.mktemp("furnished"))
        database.migrate(engine)
        made = full.furnish(engine)
        engine.dispose()
    return made


@pytest.fixture
def house(made_once: House, tmp_path: Path) -> Iterator[House]:
    """On SQLite; what a value is worth does not depend on the store."""
    shutil.copy(str(made_once.engine.url.database), tmp_path / "plumbline.db")
    shutil.copytree(files.folder_of(made_once.engine), tmp_path / files.FOLDER)
    engine = database.connect(place.sqlite_url(tmp_path))
    yield replace(made_once, engine=engine)
    engine.dispose()


@pytest.fixture
def house_on_either(engine: Engine) -> House:
    return full.furnish(engine)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Engine]:
    engine = full.empty(tmp_path / "bare")
    yield engine
    engine.dispose()


def tampered(engine: Engine, *statements: str) -> None:
    """What somebody does who can write to the database, keys and triggers switched off."""
    sqlite = engine.dialect.name == "sqlite"
    off = "PRAGMA foreign_keys = OFF" if sqlite else "SET session_replication_role = replica"
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        for statement in (off, *statements):
            cursor.execute(statement)
        connection.commit()
        connection.detach()  # what was switched off stays off in it
        connection.close()


def found(house: House, *links: str) -> str:
    return "\n".join(verify(house.engine, links).faults)


def test_what_was_only_saved_verifies(house_on_either: House) -> None:
    looked = verify(house_on_either.engine)
    assert (looked.faults, looked.agencies, looked.assessments) == ([], 3, 1)
    assert looked.entries > 10


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        pytest.param(
            ["UPDATE rating SET level = 4 WHERE indicator_id = 'ORG-01'"],
            "domain ORG: mean is stored as 3, and its ratings give 7/2",
            id="a rating",
        ),
        pytest.param(
            ["UPDATE rating SET reason = 'another' WHERE indicator_id = 'ORG-10'"],
            "its ratings are not those that it was submitted with",
            id="a reason",
        ),
        pytest.param(
            ["DELETE FROM evidence"], "its ratings are not those that it was submitted with", id="evidence taken away"
        ),
        pytest.param(
            ["UPDATE summary_score SET mean_over = 4, mean_under = 1 WHERE domain_id = 'ORG'"],
            "domain ORG: mean is stored as 4, and its ratings give 3",
            id="a stored mean",
        ),
        pytest.param(
            ["UPDATE summary_score SET mean_under = 0 WHERE domain_id = 'ORG'"],
            "domain ORG: mean is stored as 3/0",
            id="a stored mean over nothing",
        ),
        pytest.param(
            ["UPDATE summary_score SET shown_band = 'Strong' WHERE domain_id = ''"],
            "the whole: shown_band is stored as Strong",
            id="a stored band",
        ),
        pytest.param(
            ["UPDATE summary_score SET rated = 4 WHERE domain_id = ''"],
            "its receipt is not the one that the audit trail recorded",
            id="the whole, so the receipt too",
        ),
        pytest.param(
            ["DELETE FROM summary_score WHERE domain_id = 'PAR'"], "domain PAR: its score is missing", id="a score gone"
        ),
        pytest.param(["DELETE FROM summary_score"], "its scores are missing", id="all scores gone"),
        pytest.param(
            ["UPDATE summary_score SET domain_id = 'XYZ' WHERE domain_id = 'PAR'"],
            "domain XYZ: stored, but not in the checklist",
            id="a score of nothing",
        ),
        pytest.param(
            ["UPDATE assessment SET status = 'draft'"], "it has scores, though it is not submitted", id="opened"
        ),
        pytest.param(
            ["UPDATE assessment SET ratings_hash = 'x'"], "its ratings are not those that", id="the receipt's hash"
        ),
        pytest.param(["UPDATE assessment SET engine = '0'"], "its receipt is not the one", id="the receipt's engine"),
        pytest.param(
            ["UPDATE assessment SET audit_link = 'abc'"], "the link printed on its receipt", id="the receipt's link"
        ),
        pytest.param(["UPDATE assessment SET audit_link = ''"], "the link printed on its receipt", id="a link blanked"),
        pytest.param(
            ["UPDATE assessment SET audit_link = substr(audit_link, 1, 12)"],
            "the link printed on its receipt",
            id="a link cut",
        ),
        pytest.param(
            ["UPDATE assessment SET edition_hash = 'x'"], "was changed after this assessment", id="the edition"
        ),
        pytest.param(["UPDATE audit_value SET after = 'x' WHERE seq = 5"], "The values of entry 5", id="a value"),
        pytest.param(["UPDATE audit_head SET seq = 3"], "The newest entry is not the one", id="the head"),
        pytest.param(["UPDATE membership SET person_id = 'nobody'"], "of person that", id="a row that points nowhere"),
        pytest.param(["DELETE FROM alembic_version"], OLD, id="no migration"),
    ],
)
def test_what_was_changed_is_said(house: House, statements: list[str], says: str) -> None:
    tampered(house.engine, *statements)
    assert says in found(house)
    assert "Ann Able" not in found(house)


@pytest.mark.postgres
def test_what_was_changed_is_said_on_postgresql(postgres_url: str) -> None:
    engine = database.connect(postgres_url)
    house = full.furnish(engine)
    tampered(
        engine,
        "UPDATE rating SET level = 4 WHERE indicator_id = 'ORG-01'",
        "UPDATE audit_value SET after = 'x' WHERE seq = 5",
        f"UPDATE membership SET person_id = 'nobody' WHERE agency_id = '{house.actor.agency_id}'",
    )
    for said in ("and its ratings give 7/2", "The values of entry 5", "1 rows of membership point at rows of person"):
        assert said in found(house)
    engine.dispose()


def test_it_says_whose_and_which(house: House) -> None:
    tampered(house.engine, "UPDATE summary_score SET mean_over = 4 WHERE domain_id = 'ORG'")
    assert found(house).startswith(f"Riverbend Recovery: assessment {house.assessment}: domain ORG: ")


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX uq_person_local",
        "DROP INDEX ix_evidence_sheet_id",
        "CREATE TABLE more (x INTEGER)",
        "ALTER TABLE person ADD COLUMN shoe_size INTEGER",
    ],
)
def test_another_shape_is_said(house: House, statement: str) -> None:
    tampered(house.engine, statement)
    assert "as the migrations make" in found(house)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("ALTER TABLE rating DROP CONSTRAINT ck_rating_level", "The check ck_rating_level of rating is missing"),
        ("DROP TRIGGER audit_entry_change ON audit_entry", "append-only is missing"),
        ("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_change", "audit_entry_change is not enforced"),
        ("ALTER TABLE audit_entry ADD CONSTRAINT more CHECK (seq > 0) NOT VALID", "more is not enforced"),
        ("ALTER TABLE person ADD COLUMN shoe_size INTEGER", "not as the migrations make them: remove column shoe_size"),
    ],
)
def test_what_postgresql_no_longer_enforces_is_said(postgres_url: str, statement: str, says: str) -> None:
    engine = database.connect(postgres_url)
    tampered(engine, statement)
    assert says in "\n".join(verify(engine).faults)
    engine.dispose()


@pytest.mark.parametrize("trigger", ["audit_entry_update", "audit_entry_delete"])
def test_a_trigger_that_is_gone_is_said(sqlite_url: str, trigger: str) -> None:
    engine = database.connect(sqlite_url)
    tampered(engine, f"DROP TRIGGER {trigger}")
    assert verify(engine).faults == [f"The trigger {trigger} is not as the migrations make it."]
    engine.dispose()


def test_what_analyze_leaves_is_no_fault(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    tampered(engine, "ANALYZE")
    assert verify(engine).faults == []
    engine.dispose()


def test_a_row_that_breaks_a_check_is_said(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    house = full.furnish(engine)
    tampered(
        engine, "PRAGMA ignore_check_constraints = ON", "UPDATE rating SET level = 9 WHERE indicator_id = 'ORG-01'"
    )
    assert "CHECK constraint failed in rating" in found(house)


def test_broken_pages_are_said(house: House) -> None:
    with house.engine.connect() as connection:
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'rating'")).scalar_one()
    house.engine.dispose()
    with Path(str(house.engine.url.database)).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(64))
    faults = verify(house.engine).faults
    assert faults
    assert soundness.unreadable(faults)


def test_a_link_from_paper_shows_a_tail_that_was_cut(house: House) -> None:
    with database.reading(house.engine) as db:
        link = audit.newest_link(db, house.actor.agency_id)
        mine = f"agency_id = '{house.actor.agency_id}'"
        newest = db.execute(text(f"SELECT seq FROM audit_head WHERE {mine}")).scalar_one()
    assert found(house, link[:12].upper()) == ""
    shape = "SELECT sql FROM sqlite_master WHERE name = 'audit_entry_delete'"
    with house.engine.connect() as connection:
        (trigger,) = connection.execute(text(shape)).one()
    tampered(
        house.engine,
        "DROP TRIGGER audit_entry_delete",
        f"DELETE FROM audit_value WHERE seq = {newest} AND {mine}",
        f"DELETE FROM audit_entry WHERE seq = {newest} AND {mine}",
        f"UPDATE audit_head SET seq = {newest - 1}, "
        f"link = (SELECT link FROM audit_entry WHERE seq = {newest - 1} AND {mine}) WHERE {mine}",
        trigger,
    )
    assert found(house) == "", "control: without the link it cannot be seen"
    assert found(house, link[:12]).startswith(f"No chain here has the link {link[:12]}")


def test_an_older_database_is_not_looked_into(bare: Engine) -> None:
    with bare.begin() as connection:
        soundness.raise_to(connection, "0001")
    assert verify(bare).faults == [OLD]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (Path.unlink, "is not there"),
        (lambda path: path.write_bytes(b"%PDF-another"), "is not as it was stored, or cannot be read"),
        (lambda path: (path.unlink(), path.mkdir()), "is not as it was stored, or cannot be read"),
    ],
)
def test_a_file_of_evidence_that_is_not_as_it_was_stored(
    house: House, harm: Callable[[Path], object], says: str
) -> None:
    assert verify(house.engine).faults == []
    (path,) = [path for path in files.folder_of(house.engine).iterdir() if path.name != files.LOCK]
    harm(path)
    said = found(house)
    assert f"assessment {house.assessment}: the file {path.name} of the evidence for ORG-01 {says}." in said
    assert "Policy" not in said
