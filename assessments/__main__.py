"""python -m assessments migrate | demo     for whoever hosts it; DATA_DIR and DATABASE_URL choose where."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from assessments import demo
from assessments.store import place, upkeep
from assessments.store.database import Engine


def main(arguments: list[str] | None = None) -> int:
    """0: done. 1: not done, and standard error says why. 2: not understood."""
    act: Callable[[], str] = _parser().parse_args(arguments).act
    try:
        print(act())
    except upkeep.CannotOpen as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def migrate() -> str:
    where = upkeep.opened(place.database_url, upkeep.where)
    return f"The database is up to date. It lies at {where}"


def furnish() -> str:
    where = upkeep.opened(lambda: place.sqlite_url(place.demonstration_dir()), _furnished)
    return f"The demonstration is ready, apart from your own data. It lies at {where}"


def _furnished(engine: Engine) -> str:
    demo.furnish(engine, datetime.now(UTC))
    return upkeep.where(engine)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assessments", description="Looks after Plumbline's database.")
    acts = parser.add_subparsers(title="what to do", required=True, metavar="ACT")
    for name, act, says in (
        ("migrate", migrate, "bring the database up to date and say where it lies"),
        ("demo", furnish, "furnish the demonstration: invented agencies in a folder of their own"),
    ):
        acts.add_parser(name, help=says, description=says).set_defaults(act=act)
    return parser


if __name__ == "__main__":
    sys.exit(main())
