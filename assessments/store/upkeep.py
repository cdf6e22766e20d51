"""What whoever hosts it does to a database from the command line; what can go wrong is said in words."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from assessments.errors import StoreTrouble
from assessments.store import database

R = TypeVar("R")


class Refused(Exception):
    """The message is for the person at the command line."""


class CannotOpen(Refused):
    pass


def opened(url: Callable[[], str], use: Callable[[Engine], R]) -> R:
    """Brings the database up to date, uses it, and closes it. `url` is asked here, because it makes the data folder."""

    def up_to_date(engine: Engine) -> R:
        database.migrate(engine)
        return use(engine)

    return as_it_is(url, up_to_date)


def looked_at(url: Callable[[], str], use: Callable[[Engine], R]) -> R:
    """The database as it is, which has to be there: nothing is made and nothing brought up to date."""

    def there(engine: Engine) -> R:
        file = sqlite_file(engine)
        if file and not file.exists():
            raise CannotOpen(f"There is no database yet: {file} is not there. Start Plumbline once, or check DATA_DIR.")
        return use(engine)

    return as_it_is(url, there)


def as_it_is(url: Callable[[], str], use: Callable[[Engine], R]) -> R:
    try:
        engine = database.connect(url())
    except (ArgumentError, NoSuchModuleError):
        raise CannotOpen(
            "DATABASE_URL cannot be read. Write it as postgresql://user:password@host/name, or leave it out to keep "
            "the data in a file in DATA_DIR."
        ) from None
    except OSError as error:
        raise unusable(error) from None
    try:
        return use(engine)
    except DBAPIError as error:
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


def _unreachable(engine: Engine, said: str) -> str:
    reason = " ".join(said.split()).rstrip(".?!")
    remedy = (
        "Check that the folder and the file belong to you, that the disk is not full, and that the file is a database "
        "of Plumbline. A damaged file is replaced by the newest backup, restored into a new folder."
        if engine.url.get_backend_name() == "sqlite"
        else "Check that the server runs, and the user, the password and the name in DATABASE_URL."
    )
    return f"The database {where(engine)} cannot be used: {reason}. {remedy} Then run this again."
