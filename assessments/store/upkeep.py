"""What whoever hosts it does to a database from the command line; what can go wrong is said in words."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from assessments.errors import StoreTrouble
from assessments.store import database, walls

R = TypeVar("R")

NOT_PERMITTED = "42501"
"""PostgreSQL's code for a right that the role has not."""


class Refused(Exception):
    """The message is for the person at the command line."""


class CannotOpen(Refused):
    pass


def opened(url: Callable[[], str], use: Callable[[Engine], R], keeps_house: bool = True) -> R:
    """Brings the database up to date, uses it, and closes it. `url` is asked here, because it makes the data folder.
    Who does not keep house, as the server, may see one agency at a time.
    """

    def up_to_date(engine: Engine) -> R:
        database.migrate(engine)
        return use(engine)

    return as_it_is(url, up_to_date, keeps_house)


def looked_at(url: Callable[[], str], use: Callable[[Engine], R]) -> R:
    """The database as it is, which has to be there: nothing is made and nothing brought up to date."""

    def there(engine: Engine) -> R:
        file = sqlite_file(engine)
        if file and not file.exists():
            raise CannotOpen(f"There is no database yet: {file} is not there. Start Plumbline once, or check DATA_DIR.")
        return use(engine)

    return as_it_is(url, there)


def as_it_is(url: Callable[[], str], use: Callable[[Engine], R], keeps_house: bool = True) -> R:
    try:
        engine = database.connect(url(), keeps_house)
    except (ArgumentError, NoSuchModuleError):
        raise CannotOpen(
            "DATABASE_URL cannot be read. Write it as postgresql://user:password@host/name, or leave it out to keep "
            "the data in a file in DATA_DIR."
        ) from None
    except OSError as error:
        raise unusable(error) from None
    try:
        if keeps_house:
            _require_all(engine)
        return use(engine)
    except DBAPIError as error:
        if not keeps_house and getattr(error.orig, "sqlstate", "") == NOT_PERMITTED:
            raise CannotOpen(_not_permitted(engine, str(error.orig))) from None
        raise CannotOpen(_unreachable(engine, str(error.orig))) from None
    except CommandError:
        raise CannotOpen(
            f"The database {where(engine)} was brought up to date by a newer Plumbline than this one, and was left "
            "as it is. Start the newer one."
        ) from None
    except StoreTrouble as error:
        raise CannotOpen(_unreachable(engine, str(error))) from None
    finally:
        engine.dispose()


def _require_all(engine: Engine) -> None:
    """What is behind the walls between agencies would back up nothing, and call it whole."""
    if not walls.sees_all(engine):
        raise CannotOpen(
            f"The role in {where(engine)} sees one agency at a time, as the server's should. Run this with the role "
            "that owns the tables in DATABASE_URL."
        )


def unusable(error: OSError) -> CannotOpen:
    """Of the data folder."""
    return CannotOpen(
        f"The data folder {error.filename} cannot be used: {error.strerror}. Check who may write there, or choose "
        "another folder with DATA_DIR."
    )


def sqlite_file(engine: Engine) -> Path | None:
    """None where a server holds the database."""
    if engine.url.get_backend_name() != "sqlite":
        return None
    return Path(engine.url.database or "").absolute()


def where(engine: Engine) -> str:
    """The file, or the address without its password."""
    file = sqlite_file(engine)
    return str(file) if file else engine.url.render_as_string(hide_password=True)


def _not_permitted(engine: Engine, said: str) -> str:
    """As where the server's own role meets a database of before, or one that it was not let into."""
    return (
        f"The database {where(engine)} is not ready for the role {engine.url.username}: {' '.join(said.split())}. "
        "Bring it up to date as the role that owns the tables, with `python -m assessments migrate` and then "
        f"`python -m assessments let-in {engine.url.username}`; where docs/hosting.md was followed, "
        "`sudo systemctl start plumbline-migrate.service` does both. Then run this again."
    )


def _unreachable(engine: Engine, said: str) -> str:
    reason = " ".join(said.split()).rstrip(".?!")
    remedy = (
        "Check that the folder and the file belong to you, that the disk is not full, and that the file is a database "
        "of Plumbline. A damaged file is replaced by the newest backup, restored into a new folder."
        if engine.url.get_backend_name() == "sqlite"
        else "Check that the server runs, and the user, the password and the name in DATABASE_URL."
    )
    return f"The database {where(engine)} cannot be used: {reason}. {remedy} Then run this again."
