"""A file that somebody brings as evidence: its name cleaned, and its kind told by its content and its name alike.

The list is short on purpose: nothing that runs, no archive, no web page. What stands in a file is not looked at, and
nothing here looks for viruses.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

LARGEST = 10_000_000
"""Bytes."""
LONGEST_NAME = 120
LARGEST_DIRECTORY = 1_000_000
"""Bytes of the list of parts in an Office file, and of the part that says what they are."""
OFFICE = b"PK\x03\x04"
TYPES = "[content_types].xml"
MAIN = "application/vnd.openxmlformats-officedocument."
RUNS = ("vbaproject", "activex", "oleobject", "macroenabled", "macrosheet")
"""In the names or the types of the parts of an Office file."""
LONGEST_ENDING = 10
UNSEEN = ("Cf", "Cs", "Co", "Cn")
"""Signs that turn the text round, halves of signs, and signs that are none."""
NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]+')
PRETENDS = re.compile(r"\s*(<|%pdf-|\{\\rtf|#!|mz)", re.IGNORECASE)
"""How a text begins that some program would take for more than text."""


class Unfit(ValueError):
    """The message says what is wrong with the file and what to do."""


@dataclass(frozen=True)
class Kind:
    """`begins` is how its bytes begin, `main` the type of an Office file's main part; a plain text has neither."""

    name: str
    media_type: str
    begins: bytes = b""
    main: str = ""


WORD, SHEET, SLIDES = (
    "wordprocessingml.document",
    "spreadsheetml.sheet",
    "presentationml.presentation",
)
JPEG = Kind("JPEG picture", "image/jpeg", b"\xff\xd8\xff")
KINDS = {
    "pdf": Kind("PDF", "application/pdf", b"%PDF-"),
    "docx": Kind("Word document", MAIN + WORD, OFFICE, WORD),
    "xlsx": Kind("Excel workbook", MAIN + SHEET, OFFICE, SHEET),
    "pptx": Kind("PowerPoint presentation", MAIN + SLIDES, OFFICE, SLIDES),
    "png": Kind("PNG picture", "image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": JPEG,
    "jpeg": JPEG,
    "txt": Kind("plain text", "text/plain"),
    "csv": Kind("CSV", "text/csv"),
}
TAKEN = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), PNG, JPEG, plain text (.txt) and CSV"


def cleaned_name(name: str) -> str:
    """What is left of a file's name: no folder, no sign that is not seen or that turns the text round, not too long."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in UNSEEN)
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", seen))[-1]
    plain = " ".join(NOT_IN_NAMES.sub(" ", last).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return plain[:LONGEST_NAME].rstrip(". ")
    kept = stem[: LONGEST_NAME - len(ending) - 1].rstrip(". ")
    return f"{kept}.{ending.lower() if ending.isascii() else ending}"


def kind_of(name: str, content: bytes) -> Kind:
    """Of a file with that cleaned name. Unfit where it is none of ours, too large, or another than its name says."""
    kind = KINDS.get(name.rpartition(".")[2])
    if kind is None:
        raise Unfit(f"“{name}” is of a kind that is not taken. These are: {TAKEN}. Save it as one of them.")
    if len(content) > LARGEST:
        raise Unfit(
            f"“{name}” is {megabytes(len(content))}, and at most {megabytes(LARGEST)} are taken. Bring the pages that "
            "matter, or give a link to it."
        )
    if not content.strip():
        raise Unfit(f"“{name}” is empty. Choose the file again.")
    if not _fits(kind, content):
        raise Unfit(
            f"“{name}” does not hold what its name says: its content is not that of a file of this kind ({kind.name}), "
            "or it is damaged. Open it in its own program, save it again, and bring that one."
        )
    return kind


def megabytes(size: int) -> str:
    """Never rounded down to what would be taken."""
    return f"{-(-size // 100_000) / 10:.1f} MB".replace(".0 ", " ")


def _fits(kind: Kind, content: bytes) -> bool:
    if not kind.begins:
        return _is_text(content)
    return content.startswith(kind.begins) and (not kind.main or _is_office(kind.main, content))


def _is_text(content: bytes) -> bool:
    """In whatever 8-bit letters: without signs that no text has, and not the beginning of something else."""
    if any(sign < 32 and sign not in b"\t\n\f\r" for sign in set(content)):
        return False
    return not PRETENDS.match(content[:200].decode("utf-8-sig", errors="replace"))


def _is_office(main: str, content: bytes) -> bool:
    """One of its kind, in which nothing runs; the parts themselves stay packed."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename.casefold(): part for part in archive.infolist()}
            if TYPES not in parts:
                return False
            with archive.open(parts[TYPES]) as opened:
                types = opened.read(LARGEST_DIRECTORY).decode("utf-8", errors="replace").casefold()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return False
    said = " ".join([*parts, types])
    return f"{main}.main+xml" in types and not any(word in said for word in RUNS)
