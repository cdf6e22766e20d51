"""The data folder: who may look into it, where it lies, how much room there is, and the last backup."""

import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from assessments.doctor.check import Check, check
from assessments.store import audit, backup, files, place, restore

MOUNTS = Path("/proc/self/mounts")
SHARES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "ncpfs",
    "vboxsf",
    "fuse.sshfs",
    "fuse.s3fs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.vmhgfs-fuse",
    "drvfs",
}
LITTLE, HARDLY_ANY = 1_000_000_000, 100_000_000
OLD = timedelta(days=7)
SHORTEST_KEY = 32


def checks(folder: Path, file: Path | None, now: datetime, trail: bool) -> Iterator[Check]:
    """`file` is the database, where it is one; `trail` says whether an audit trail was begun."""
    yield mode("data folder", folder, 0o700)
    if file:
        yield _database_files(file)
        yield _disk(file.parent)
    yield _demonstration(folder)
    yield _evidence((file.parent if file else folder) / files.FOLDER)
    yield _key(folder, trail)
    yield _room(folder)
    yield _last_backup(folder, now)
    yield _left_over(folder)


def mode(name: str, path: Path, most: int) -> Check:
    if os.name != "posix":
        return Check(name, "warning", "not looked at", "See in its properties that nobody else may open it.")
    bits = stat.S_IMODE(path.stat().st_mode)
    found = f"{path}, mode {bits:04o}"
    return check(name, not bits & ~most, found, f"Others on this machine may look in. Run: chmod {most:o} '{path}'")


def _database_files(file: Path) -> Check:
    there = [path for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))) if path.exists()]
    return _first_wrong([mode("database files", path, 0o600) for path in there])


def _demonstration(folder: Path) -> Check:
    there = folder / place.DEMONSTRATION
    if not there.exists():
        return Check("demonstration", "ok", "not there")
    return mode("demonstration", there, 0o700)


def _evidence(folder: Path) -> Check:
    name = "files of evidence"
    if not folder.exists():
        return Check(name, "ok", "none yet")
    return _first_wrong([mode(name, folder, 0o700), *(mode(name, path, 0o600) for path in sorted(folder.iterdir()))])


def _key(folder: Path, trail: bool) -> Check:
    given, file = os.environ.get("AUDIT_KEY"), folder / audit.KEY_FILE
    if given:
        remedy = f"A short key can be guessed. Make one of at least {SHORTEST_KEY} random characters, for a new folder."
        return check("audit key", len(given) >= SHORTEST_KEY, f"AUDIT_KEY, {len(given)} characters", remedy)
    if not file.exists() and not trail:
        return Check("audit key", "ok", "none yet: it is made with the first save")
    if not file.exists():
        return Check(
            "audit key",
            "wrong",
            f"{file} is not there",
            "Put it back from where you keep it: without it the "
            "audit trail cannot be checked, and a new one is made with the next save.",
        )
    return mode("audit key", file, 0o600)


def _disk(folder: Path) -> Check:
    mounts = MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else ""
    kind = mounted_as(folder.resolve(), mounts)
    if not kind:
        return Check("disk", "warning", "this system does not say", "See that the folder is on a disk of this machine.")
    remedy = "SQLite cannot keep its promises on a network share. Move the data folder to a disk of this machine."
    return check("disk", kind not in SHARES, f"{folder} is on {kind}", remedy)


def mounted_as(folder: Path, mounts: str) -> str:
    """The kind of file system, from lines of "device place kind ..."; empty where none fits."""
    found = [line.split()[1:3] for line in mounts.splitlines()]
    fitting = [(where.encode().decode("unicode_escape"), kind) for where, kind in found]
    over = [(len(where), kind) for where, kind in fitting if folder.is_relative_to(where)]
    return max(over, key=lambda one: one[0])[1] if over else ""


def _room(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    remedy = "Make room: on a full disk nothing can be saved."
    return check(
        "room", free >= LITTLE, f"{free / 1e9:.1f} GB free", remedy, "wrong" if free < HARDLY_ANY else "warning"
    )


def _last_backup(folder: Path, now: datetime) -> Check:
    remedy = "Make one, and keep it on another disk: python -m assessments backup FILE"
    try:
        note = json.loads((folder / backup.NOTED).read_text(encoding="utf-8"))
        at, file = datetime.fromisoformat(note["at"]), note["file"]
    except (OSError, ValueError, KeyError, TypeError):
        return Check("last backup", "warning", "none is known", remedy)
    days = (now - at).days
    return check("last backup", now - at <= OLD, f"{days} days ago, to {file}", remedy, "warning")


def _left_over(folder: Path) -> Check:
    """A kill in the middle can leave a copy of everything behind."""
    left = sorted(path.name for path in folder.glob(f"{restore.LEFT}*"))
    remedy = f"A restore was broken off. See that none is running, then delete these from {folder}."
    return check("left over", not left, ", ".join(left) or "nothing", remedy, "warning")


def _first_wrong(found: list[Check]) -> Check:
    return next((one for one in found if one.state != "ok"), found[0])
