"""The settings of a PostgreSQL server that the promises rest on, and how far our role reaches."""

from collections.abc import Iterator
from ipaddress import ip_address

from assessments.doctor.check import Check, check
from assessments.store.database import Engine

# Setting -> what it has to be, why.
WANTED = {
    "TimeZone": ("UTC", "moments would be read in another zone"),
    "statement_timeout": ("15s", "one slow question could hold everybody up"),
    "idle_in_transaction_session_timeout": ("1min", "a hung page would keep its locks"),
    "fsync": ("on", "a power cut could destroy the database"),
    "full_page_writes": ("on", "a power cut could destroy the database"),
    "synchronous_commit": ("on", "what is called saved could be lost when the power fails"),
    "server_encoding": ("UTF8", "names could not be stored as they are written"),
}
SAFER = {"synchronous_commit": {"remote_apply", "remote_write"}}
ROLE = """SELECT rolsuper, rolbypassrls,
EXISTS (SELECT 1 FROM pg_class WHERE relname = 'audit_entry' AND relowner = pg_roles.oid)
FROM pg_roles WHERE rolname = current_user"""
ENCRYPTED = "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
ADDRESS = "SELECT host(inet_server_addr())"


def checks(engine: Engine) -> Iterator[Check]:
    with engine.connect() as connection:
        for name, (wanted, why) in WANTED.items():
            found = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            remedy = f"It has to be {wanted}, or {why}. See docs/hosting.md."
            yield check(f"postgresql {name}", found == wanted or found in SAFER.get(name, ()), found, remedy)
        yield from _role(*connection.exec_driver_sql(ROLE).one())
        encrypted = connection.exec_driver_sql(ENCRYPTED).scalar_one()
        address = connection.exec_driver_sql(ADDRESS).scalar_one()
        yield _way(encrypted, address)


def _role(superuser: bool, bypasses: bool, owner: bool) -> Iterator[Check]:
    remedy = "Give Plumbline a role of its own that owns its database and is neither superuser nor BYPASSRLS."
    found = "superuser" if superuser else "bypasses row security" if bypasses else "an ordinary one"
    yield check("postgresql role", not (superuser or bypasses), found, remedy)
    remedy = "Who owns a table can take the trigger off the audit trail. docs/hosting.md says how to part the two."
    yield check(
        "postgresql owner",
        not owner,
        "owns the tables" if owner else "another role owns the tables",
        remedy,
        otherwise="warning",
    )


def _way(encrypted: bool, address: str | None) -> Check:
    here = address is None or ip_address(address).is_loopback
    found = "encrypted" if encrypted else "on this machine" if here else f"in clear text to {address}"
    remedy = "Ratings and names cross a network in clear text. Add ?sslmode=verify-full to DATABASE_URL."
    return check("postgresql connection", encrypted or here, found, remedy)
