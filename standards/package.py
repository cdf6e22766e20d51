"""What a file must be before anything looks inside: a workbook's zip, of reasonable size, with nothing that runs.

Only the directory of the zip is believed, and its sizes are checked by unpacking it into nothing.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from standards.faults import shown

LARGEST = 10_000_000  # bytes
MOST_MEMBERS = 200
LONGEST_ENTRY = 500
"""Bytes of the archive's directory for a part: far more than any spreadsheet program writes."""
MOST_UNPACKED = 100_000_000  # bytes
MOST_RATIO = 100
SMALL = 1_000_000  # bytes; a part that unpacks to less is no bomb, however well it packs
CHUNK = 1 << 16

AGAIN = "Open it in Excel or LibreOffice and save it again as “Excel Workbook (.xlsx)”."
DAMAGED = "Send or copy the file again. If that does not help, open it in Excel or LibreOffice and save it again."
STRANGE = "Copy the cells into a new workbook, save it as .xlsx and bring that one."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = {
    b"%PDF": "This is a PDF file, not a workbook.",
    b"\x89PNG": "This is a picture, not a workbook.",
    b"\xff\xd8\xff": "This is a picture, not a workbook.",
}
OTHER_ZIPS = {
    "word/document.xml": "This is a Word document, not a workbook.",
    "ppt/presentation.xml": "This is a PowerPoint file, not a workbook.",
    "xl/workbook.bin": "This is a binary workbook (.xlsb).",
}
RUNS = {
    "vbaproject.bin": ("The workbook holds macros.", "Save it as “Excel Workbook (.xlsx)”, which leaves them out."),
    "externallinks/": (
        "The workbook takes values from other files.",
        "In Excel choose Data, Edit Links, Break Link; then save it again.",
    ),
    "embeddings/": ("Other files are embedded in the workbook.", "Delete the embedded objects and save it again."),
    "activex/": ("The workbook holds ActiveX controls.", "Delete the controls and save it again."),
}


class Unreadable(Exception):
    """A workbook that is not taken in: what is wrong, where, and what to do, for the person who brought it."""

    def __init__(self, reason: str, remedy: str, sheet: str = "", cell: str = "") -> None:
        self.reason, self.remedy, self.sheet, self.cell = reason, remedy, shown(sheet), cell
        super().__init__(reason, remedy, sheet, cell)

    def __str__(self) -> str:
        places = (f"Sheet “{self.sheet}”" * bool(self.sheet), f"cell {self.cell}" * bool(self.cell))
        where = ", ".join(place for place in places if place)
        said = f"{where}: {self.reason}" if where else self.reason
        return f"{said} {self.remedy}"


def examine(content: bytes) -> None:
    """Unreadable unless the bytes are a workbook's zip that can be opened without harm."""
    if len(content) > LARGEST:
        raise Unreadable("The file is larger than 10 MB.", "Take out pictures and other sheets and save it again.")
    if not content.startswith(b"PK\x03\x04"):
        raise _not_a_zip(content)
    _directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _names(archive)
            _sizes(archive)
            _kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as wrong:
        raise Unreadable("The file is damaged: it cannot be unpacked.", DAMAGED) from wrong


def _not_a_zip(content: bytes) -> Unreadable:
    if not content.strip():
        return Unreadable("The file is empty.", "Choose the workbook again.")
    if content.startswith(OLD):
        return _old(content)
    for beginning, reason in BEGINNINGS.items():
        if content.startswith(beginning):
            return Unreadable(reason, "Choose the workbook (.xlsx).")
    if reason := _text(content):
        return Unreadable(reason, AGAIN)
    return Unreadable("This is not a workbook (.xlsx), or it was damaged on the way.", DAMAGED)


def _old(content: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in content:
        remedy = "In Excel choose File, Info, Protect Workbook, Encrypt with Password, empty the field, and save it."
        return Unreadable("The workbook is locked with a password.", remedy)
    return Unreadable("This is a workbook of the old kind (.xls), whatever its name says.", AGAIN)


def _text(content: bytes) -> str:
    """What a plain text pretends to be, or nothing where the bytes are no text."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    beginning = content[:4096].decode(encoding, errors="replace").lstrip("\ufeff").lstrip()
    if beginning.startswith("<"):
        return "This is a web page or XML file under the name of a workbook."
    if not any(char == "\ufffd" or (ord(char) < 32 and char not in "\t\r\n") for char in beginning[:1000]):
        return "This is plain text, such as a CSV file, under the name of a workbook."
    return ""


def _directory(content: bytes) -> None:
    """By the archive's own end record, before anybody reads a directory that may be megabytes long."""
    end = content.rfind(b"PK\x05\x06")
    announced, length = (
        int.from_bytes(content[end + at : end + at + size], "little") for at, size in ((10, 2), (12, 4))
    )
    if end >= 0 and (announced > MOST_MEMBERS or length > MOST_MEMBERS * LONGEST_ENTRY):
        raise _too_many()


def _too_many() -> Unreadable:
    return Unreadable(f"The file is made of more than {MOST_MEMBERS} parts.", STRANGE)


def _names(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _too_many()
    seen: set[str] = set()
    for member in members:
        name = member.filename.casefold()
        if name in seen:
            raise Unreadable(f"The file holds the part “{shown(name)}” twice.", STRANGE)
        seen.add(name)
        _name(name)
        if member.flag_bits & 1:
            raise Unreadable("The file is a locked archive.", "Save the workbook again without a password.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("The file is packed in an unusual way.", AGAIN)


def _name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.isprintable():
        raise Unreadable(f"A part of the file has a name that leads outside it: “{shown(name)}”.", STRANGE)
    for part, (reason, remedy) in RUNS.items():
        if part in name:
            raise Unreadable(reason, remedy)


def _kind(archive: zipfile.ZipFile) -> None:
    """Looks into a part, so the sizes come first."""
    names = {member.filename.casefold(): member for member in archive.infolist()}
    for name, reason in OTHER_ZIPS.items():
        if name in names:
            raise Unreadable(reason, AGAIN)
    if "mimetype" in names and b"opendocument" in archive.read(names["mimetype"])[:200]:
        raise Unreadable("This is an OpenDocument file (.ods) under the name of a workbook.", AGAIN)
    if "[content_types].xml" not in names:
        raise Unreadable("This is an archive (zip) without a workbook in it.", "Choose the workbook (.xlsx) itself.")


def _sizes(archive: zipfile.ZipFile) -> None:
    """Declared and actual: what the directory says is only the first thing that is asked."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _too_large()
    unpacked = 0
    for member in members:
        size = 0
        for length in _unpacked(archive, member):
            size += length
            if unpacked + size > MOST_UNPACKED or size > max(SMALL, MOST_RATIO * member.compress_size):
                raise _too_large()
        unpacked += size


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[int]:
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            yield len(chunk)


def _too_large() -> Unreadable:
    return Unreadable(
        "Unpacked, the file is far larger than a filled-in form.",
        "Copy the filled-in cells into a fresh form and bring that one.",
    )
