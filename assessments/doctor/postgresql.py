"""The settings of a PostgreSQL server that the promises rest on, and how far our role reaches."""

from collections.abc import Iterator
from ipaddress import ip_address

from assessments.doctor.check import Check, check
from assessments.store import walls
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
ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
ENCRYPTED = "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
ADDRESS = "SELECT host(inet_server_addr())"


def checks(engine: Engine) -> Iterator[Check]:
    with engine.connect() as connection:
        for name, (wanted, why) in WANTED.items():
            found = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            remedy = f"It has to be {wanted}, or {why}. See docs/hosting.md."
            yield check(f"postgresql {name}", found == wanted or found in SAFER.get(name, ()), found, remedy)
        yield _role(*connection.exec_driver_sql(ROLE).one())
        yield _of_server({role: bool(walls.is_behind(connection, role)) for role in walls.roles_let_in(connection)})
        encrypted = connection.exec_driver_sql(ENCRYPTED).scalar_one()
        address = connection.exec_driver_sql(ADDRESS).scalar_one()
        yield _way(encrypted, address)


def _role(superuser: bool, bypasses: bool) -> Check:
    remedy = "Give Plumbline a role of its own that owns its database and is neither superuser nor BYPASSRLS."
    found = "superuser" if superuser else "bypasses row security" if bypasses else "an ordinary one"
    return check("postgresql role", not (superuser or bypasses), found, remedy)


def _of_server(let_in: dict[str, bool]) -> Check:
    """Whoever asks here owns the tables; the server should not. Of each other role: whether the walls hold it."""
    reach_over = [role for role, behind in let_in.items() if not behind]
    if reach_over:
        found = f"{', '.join(reach_over)} reaches over the walls between agencies"
        remedy = "Take SUPERUSER and BYPASSRLS from it, and the membership in the role that owns the tables."
        return check("postgresql owner", False, found, remedy)
    found = f"let in for the server, beside the owner of the tables: {', '.join(let_in) or 'no other role'}"
    remedy = (
        "So the server works as the owner, who can take the trigger off the audit trail. Step 2 of “On a server” in "
        "docs/hosting.md says how to part the two."
    )
    return check("postgresql owner", bool(let_in), found, remedy, otherwise="warning")


def _way(encrypted: bool, address: str | None) -> Check:
    here = address is None or ip_address(address).is_loopback
    found = "encrypted" if encrypted else "on this machine" if here else f"in clear text to {address}"
    remedy = "Ratings and names cross a network in clear text. Add ?sslmode=verify-full to DATABASE_URL."
    return check("postgresql connection", encrypted or here, found, remedy)
