"""What a disk holds after the power was cut, from a record of what a process wrote and what it had written through.

The record is strace's: every write, truncation and sync of one process, in order, with their bytes. What was synced is
there; of what was not, each sector of 512 bytes may be there or not, in any order; a file whose folder was not synced
since it was made may be gone. Not modeled: a disk that lies about a sync, damage to sectors that nobody was writing
(SQLite takes that for granted too), and file systems' own faults. The shared-memory index dies with the power.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
TRACED = "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink"
CALL = re.compile(r'(\w+)\((?:(\d+)<([^>]*)>)?(?:, )?(?:"([^"]*)")?(?:\.\.\.)?(.*?)\) += (-?\d+)')
ACKNOWLEDGED = re.compile(rb"saved (\w+) (\d+)\n")
"""With the name of the folder that the database lies in."""


@dataclass(frozen=True)
class Event:
    """`kind`: write, cut off, sync, unlink or saved; `at` is an offset, a size or the number that was saved."""

    kind: str
    path: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """`kept` is what was written through, by path; `under_way` what was not; `named` are files that a folder knows."""

    kept: dict[str, bytes]
    under_way: dict[str, list[Event]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.named |= self.kept.keys()

    def take(self, event: Event) -> None:
        if event.kind in ("write", "cut off"):
            self.under_way.setdefault(event.path, []).append(event)
        elif event.kind == "unlink":  # as if at once: nothing here rests on a name that stays
            self.kept.pop(event.path, None)
            self.under_way.pop(event.path, None)
            self.named.discard(event.path)
        elif event.kind == "sync" and event.path in self.kept.keys() | self.under_way.keys():
            self.kept[event.path] = _applied(self.kept.get(event.path, b""), self.under_way.pop(event.path, []))
        elif event.kind == "sync":
            known = self.kept.keys() | self.under_way.keys()
            self.named |= {path for path in known if str(Path(path).parent) == event.path}

    def after_a_cut(self, chance: Random | None) -> dict[str, bytes]:
        """None: nothing that was under way is there; else each sector of it may be."""
        found = {}
        for path in self.kept.keys() | self.under_way.keys():
            if path in self.named or (chance and chance.random() < 0.5):
                written = [part for event in self.under_way.get(path, ()) for part in _some(event, chance)]
                found[path] = _applied(self.kept.get(path, b""), written)
        return found


def _some(event: Event, chance: Random | None) -> Iterator[Event]:
    if chance is None:
        return
    if event.kind == "cut off":
        yield from [event] * chance.randrange(2)
        return
    start = 0
    while start < len(event.data):
        end = start + SECTOR - (event.at + start) % SECTOR
        if chance.random() < 0.5:
            yield Event("write", event.path, event.at + start, event.data[start:end])
        start = end


def _applied(content: bytes, events: list[Event]) -> bytes:
    held = bytearray(content)
    for event in events:
        if event.kind == "cut off":
            del held[event.at :]
        else:
            held.extend(bytes(max(0, event.at + len(event.data) - len(held))))
            held[event.at : event.at + len(event.data)] = event.data
    return bytes(held)


def recorded(log: Path, database: Path) -> Iterator[Event]:
    """What happened to the database and its log, and what was called saved."""
    with log.open() as lines:
        for call in map(CALL.match, lines):
            if call and int(call[6]) >= 0:
                yield from _events(call, database)


def _events(call: re.Match[str], database: Path) -> Iterator[Event]:
    name, path, data = call[1], _bytes(call[3]).decode(), _bytes(call[4])
    if name == "write" and call[2] == "1":
        said = ACKNOWLEDGED.fullmatch(data)
        if said and said[1].decode() == database.parent.name:
            yield Event("saved", at=int(said[2]))
    elif name == "unlink" and data.decode().startswith(str(database)):
        yield Event("unlink", data.decode())
    elif path == str(database.parent) or (path.startswith(str(database)) and not path.endswith("-shm")):
        yield _event(name, path, data, call[5])


def _event(name: str, path: str, data: bytes, rest: str) -> Event:
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if name == "pwrite64":
        size, offset = numbers
        assert size == len(data), "strace was told to keep all"
        return Event("write", path, offset, data)
    if name == "ftruncate":
        return Event("cut off", path, numbers[0])
    assert name in ("fsync", "fdatasync"), f"{name} on {path} is not modeled"
    return Event("sync", path)


def _bytes(escaped: str | None) -> bytes:
    return bytes.fromhex((escaped or "").replace("\\x", ""))
