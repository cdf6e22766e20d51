"""The settings of SQLite, read from a connection such as every page gets, and its pages read with cell checks on."""

from collections.abc import Iterator

from assessments.doctor.check import Check, check
from assessments.store.database import Engine

WANTED: dict[str, tuple[object, str]] = {
    "journal_mode": ("wal", "readers would wait for writers"),
    "synchronous": (2, "what is called saved could be lost when the power fails"),
    "foreign_keys": (1, "rows could point at nothing"),
    "busy_timeout": (10_000, "a save would fail where it should wait"),
    "trusted_schema": (0, "a changed database file could run functions of its own"),
    "secure_delete": (1, "what was deleted would stay in the file"),
}


def checks(engine: Engine) -> Iterator[Check]:
    with engine.connect() as connection:
        for name, (wanted, why) in WANTED.items():
            found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            remedy = f"It has to be {wanted}, or {why}. It is set in assessments/store/database.py: take our own again."
            yield check(f"sqlite {name}", found == wanted, found, remedy)
        connection.exec_driver_sql("PRAGMA cell_size_check = ON")
        said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        connection.exec_driver_sql("PRAGMA cell_size_check = OFF")
        remedy = "Close Plumbline, keep a copy of the folder, and restore the newest backup into a new one."
        yield check("sqlite pages", said == "ok", said, remedy)
