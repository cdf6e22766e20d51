"""python -m assessments migrate | demo | backup | restore | verify | doctor | rights | let-in     for whoever hosts it.

DATA_DIR and DATABASE_URL choose where. All but `demo` are about your own data, never the demonstration.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from assessments import demo, doctor, rights
from assessments.store import audit, place, restore, upkeep, walls
from assessments.store import backup as backups
from assessments.store.database import Engine
from assessments.store.manifest import Head, Manifest
from assessments.use_cases.trail import PRINTED
from assessments.verify import Verified
from assessments.verify import verify as verified

OWNER_ALONE = 0o077
"""The mask under which everything is written."""
KEY_STAYS = (
    "The key of the audit trail is not in the backup, so that whoever finds one cannot forge a trail. Keep a copy of "
    "{key} in another place than the backups: without it a trail can no longer be checked."
)


class Differs(upkeep.Refused):
    """What was looked at is not as it should be; the message is the whole report."""


def main(arguments: list[str] | None = None) -> int:
    """0: done. 1: not done, or something differs, and standard error says what. 2: not understood."""
    given = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], str] = given.act
    try:
        print(_printable(act(given)))
    except upkeep.Refused as wrong:
        print(_printable(str(wrong)), file=sys.stderr)
        return 1
    return 0


def migrate(_: argparse.Namespace) -> str:
    where = upkeep.opened(place.database_url, upkeep.where)
    return f"The database is up to date. It lies at {where}"


def furnish(_: argparse.Namespace) -> str:
    where = upkeep.opened(lambda: place.sqlite_url(place.demonstration_dir()), _furnished)
    return f"The demonstration is ready, apart from your own data. It lies at {where}"


def _furnished(engine: Engine) -> str:
    demo.furnish(engine, datetime.now(UTC))
    return upkeep.where(engine)


def backup(given: argparse.Namespace) -> str:
    file = Path(given.file)
    backups.require_free(file.absolute())
    made = upkeep.looked_at(place.database_url, lambda engine: backups.backup(engine, file, datetime.now(UTC)))
    key = "what AUDIT_KEY holds" if os.environ.get("AUDIT_KEY") else place.data_dir() / audit.KEY_FILE
    lines = [
        f"The backup is {file.absolute()}: {made.rows:,} rows of {len(made.tables)} tables, read again and whole.",
        "The demonstration is not in it, nor is any browser that was let in.",
        *_lost(made),
        *_heads(made),
        KEY_STAYS.format(key=key),
        "It is not encrypted, and holds everything that was typed. Keep it where only you can read it.",
    ]
    return "\n".join(lines)


def restore_into(given: argparse.Namespace) -> str:
    file = Path(given.file)

    def restored(engine: Engine) -> tuple[Manifest, Verified, str]:
        return restore.restore(engine, file, given.without_key), verified(engine), upkeep.where(engine)

    found, looked, where = upkeep.as_it_is(place.database_url, restored)
    done = f"Restored into {where}: {found.rows:,} rows, as they were on {found.made_at}. Start Plumbline as ever."
    return "\n".join([done, *_heads(found), _report(looked, done)])


def verify(given: argparse.Namespace) -> str:
    short = [link for link in given.link if len(link.strip()) < PRINTED]
    if short:
        raise upkeep.Refused(f"Give all {PRINTED} characters of the link {short[0]}: fewer can fit by chance.")
    return _report(upkeep.looked_at(place.database_url, lambda engine: verified(engine, tuple(given.link))))


def examine(_: argparse.Namespace) -> str:
    checks = upkeep.looked_at(place.database_url, lambda engine: list(doctor.checks(engine, datetime.now(UTC))))
    lines = [
        f"{one.state:8} {one.name}: {one.found}" + (f"\n         {one.remedy}" if one.remedy else "") for one in checks
    ]
    wrong, warnings = (sum(one.state == state for one in checks) for state in ("wrong", "warning"))
    report = "\n".join([*lines, f"{len(checks)} checks: {wrong} wrong, {warnings} to look at."])
    if wrong:
        raise Differs(report)
    return report


def tell_rights(_: argparse.Namespace) -> str:
    return rights.page()


def let_in(given: argparse.Namespace) -> str:
    upkeep.opened(place.database_url, lambda engine: _let_in(engine, given.role))
    return f"The role {given.role} can do what the server does every day, of one agency at a time, and nothing else."


def _let_in(engine: Engine, role: str) -> None:
    if upkeep.sqlite_file(engine):
        raise upkeep.Refused("The data lies in a file, which has no roles. This is for a database on a server.")
    with engine.begin() as connection:
        is_behind = walls.is_behind(connection, role)
        if is_behind is None:
            raise upkeep.Refused(f"There is no role {role} on the server. Make it there first, with CREATE ROLE.")
        if not is_behind:
            raise upkeep.Refused(
                f"The role {role} is a superuser, has BYPASSRLS, or owns the tables, so agencies are not walled off "
                "from it. Make another one for the server."
            )
        walls.let_in(connection, role)


def _report(looked: Verified, before: str = "") -> str:
    if looked.faults:
        raise Differs("\n".join([*filter(None, [before]), *looked.faults, f"{len(looked.faults)} things differ."]))
    return (
        f"Verified: the database is whole; agencies whose audit trail holds: {looked.agencies}, with "
        f"{looked.entries:,} entries; submitted assessments whose scores and receipts are what their ratings give: "
        f"{looked.assessments}; files of evidence as they were stored: {looked.files}."
    )


def _lost(made: Manifest) -> Iterator[str]:
    if made.lost_files:
        yield (
            f"{len(made.lost_files)} files of evidence are not in it, because they are not in the data folder as they "
            "were stored. Run `python -m assessments verify`, which says which, and bring them back from an older one."
        )


def _heads(made: Manifest) -> Iterator[str]:
    """For paper: a link that was written down shows later whether a trail was cut."""
    if made.heads:
        yield "The newest link of each audit trail, to be written down (python -m assessments verify --link ...):"
    yield from map(_head, made.heads)


def _head(head: Head) -> str:
    return f"  {head.link[:PRINTED]}  {head.agency}, entry {head.seq}"


def _printable(text: str) -> str:
    """Names come from the database, and a terminal obeys some characters."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assessments", description="Looks after Plumbline's database.")
    acts = parser.add_subparsers(title="what to do", required=True, metavar="ACT")

    def add(name: str, act: Callable[[argparse.Namespace], str], says: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=says, description=says)
        made.set_defaults(act=act)
        return made

    add("migrate", migrate, "bring the database up to date and say where it lies")
    add("demo", furnish, "furnish the demonstration: invented agencies in a folder of their own")
    into = add("backup", backup, "write everything into one new file, also while people are working")
    into.add_argument("file", metavar="FILE")
    back = add("restore", restore_into, "take a backup into an empty installation, all of it or nothing")
    back.add_argument("file", metavar="FILE")
    back.add_argument("--without-key", action="store_true", help="although the audit key of then is lost")
    again = add("verify", verify, "read everything again: database, audit trails, every score, receipt and file")
    again.add_argument("--link", action="append", default=[], help="a link that a receipt or a backup printed")
    add("doctor", examine, "look at the settings that data could be lost or shown by")
    add("rights", tell_rights, "print who may do what, which is docs/rights.md")
    role = add("let-in", let_in, "give the server's own role at PostgreSQL what it needs, and no more")
    role.add_argument("role", metavar="ROLE")
    return parser


if __name__ == "__main__":
    os.umask(OWNER_ALONE)
    sys.exit(main())
