"""The file around a Word document: what it says of itself, and that it says the same each time."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.oxml.ns import qn

from reports.document import visible
from reports.paper import Paper

LANGUAGE = "en-US"
MAKER = "Plumbline"
NEWEST = "15"
"""Of the ways in which Word lays out a page; without it, it takes the file for one of an old version."""
LONGEST = 255
"""Characters that a property holds."""


def tell(document: Any, paper: Paper) -> None:
    """Title and language; no name of whoever's machine made it."""
    about, made = document.core_properties, paper.made.astimezone(UTC).replace(tzinfo=None)
    about.title, about.subject = visible(paper.name)[:LONGEST], paper.kind
    about.author = about.last_modified_by = MAKER
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = made
    about.language, about.revision = LANGUAGE, 1
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of an empty page
            del package.rels[name]
    _as_of_today(document.settings.element)


def _as_of_today(settings: Any) -> None:
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), NEWEST)


def dated(content: bytes, made: datetime) -> bytes:
    """The same parts in the same order, all as of `made` and not of the moment at which they were packed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            again.writestr(entry, packed.read(name))
    return written.getvalue()
