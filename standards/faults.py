"""What can be wrong with a checklist file: the named rules, and a fault as its author reads it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Loc = tuple[str | int, ...]
"""Where in the content: ("indicator", 2, "ladder") is the key "ladder" of the third [[indicator]]."""


@dataclass(frozen=True)
class Rule:
    id: str
    severity: Severity
    says: str


def _error(name: str, says: str) -> Rule:
    return Rule(name, "error", says)


def _warning(name: str, says: str) -> Rule:
    return Rule(name, "warning", says)


RULES = {
    rule.id: rule
    for rule in (
        # the file
        _error("no-file", "The file is there, is a file, and can be opened."),
        _error("too-large", "A file is at most 1 MB."),
        _error("not-utf8", "A file is plain text in UTF-8."),
        _error("not-toml", "A file keeps to the grammar of TOML, and no key stands twice in one table."),
        _error("too-deep", "Tables and lists are not nested beyond reason."),
        _error("ladders-only", "A file of ladders can be checked and named by checklists, but not be rated itself."),
        # the sheet form
        _error("not-a-workbook", "A workbook is an .xlsx file that can be read without harm, made for checklists."),
        _error("unknown-column", "Every column has a heading that is known, and no heading stands twice."),
        _error("no-formula", "A cell holds what was typed, not a formula or an error."),
        # keys and types
        _error("unknown-key", "Every key is one that a checklist knows."),
        _error("missing-key", "No key or table that is needed is left out."),
        _error("wrong-type", "Every value is of the kind that its key takes: text, whole number, date, list, table."),
        _error("number-for-text", 'Text that looks like a number stands in quotes: edition = "1.10".'),
        _error("bad-choice", "Where a key takes one of a few words, it is one of them."),
        _error("out-of-range", "Numbers are within their bounds: a level is 0 to 4, a weight 1 to 3."),
        _error("control-character", "No text holds invisible control characters."),
        _error("too-long", "An id has at most 40 characters, any other text at most 5,000."),
        # ids
        _error("bad-id", "Ids and editions are letters, digits, hyphens, dots and underscores."),
        _error("duplicate-id", "No two things of one kind share an id, in whatever case it is written."),
        _error("dangling-id", "Every domain, standard and source that is named is in the file."),
        _error("id-case", "An id is written in the same case wherever it is named."),
        # text
        _error("empty-text", "No text that is needed is blank."),
        _error("missing-citation", "Every source has a citation, and every standard says which part of it is meant."),
        _error("duty-without-citation", "Every duty cites the official text that makes it one."),
        _warning("double-barrelled", "An indicator asks one thing: two things joined by and, or are two indicators."),
        _warning("no-evidence", "Every indicator says what evidence to look at."),
        # structure
        _error("domain-without-indicators", "Every domain has at least one indicator."),
        _warning("standard-without-indicators", "Every standard is reached by at least one indicator."),
        _warning("unused-source", "Every source is named by a standard."),
        # ladders
        _error("unknown-ladders", "The ladder file named at the top is one that is shipped."),
        _error("unknown-ladder", "Every ladder that is named is in the shared file or in this one."),
        _error("missing-level", "A ladder has the levels 0 to 4, or 0 and 4 alone."),
        _error("doubled-level", "No level stands twice on a ladder."),
        _error("level-without-words", "Every level says in words what it means."),
        _error("cue-without-level", "A cue is given only for a level that the indicator's ladder has."),
        _error("cuts-gap", "On a ladder of counts every share from 0 to 100 per cent belongs to a level."),
        _error("cuts-overlap", "On a ladder of counts no share belongs to two levels."),
        _warning("cuts-unused", "Only a ladder of counts has cut points."),
        _error("counts-missing", "An indicator on a ladder of counts says what is counted and when it is met."),
        _error("counts-unused", "Only an indicator on a ladder of counts says what is counted."),
        _error("rolls-up-missing", "Rated per staff member or record, a checklist rolls up on a ladder of counts."),
        _error("rolls-up-unused", "A checklist rated on a site or collaborative does not roll up."),
        _warning("too-many", "Faults are reported up to the first 200."),
    )
}


@dataclass(frozen=True)
class Finding:
    """A fault before it is known where in which file it stands."""

    rule: str
    loc: Loc
    reason: str
    remedy: str


@dataclass(frozen=True)
class Fault:
    """`place` is in an author's words; `line` counts from 1, and is None where the file itself is the trouble."""

    rule: str
    severity: Severity
    file: str
    place: str
    reason: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.rule} ({self.severity}): {self.place}: {self.reason} {self.remedy}"


class BadChecklist(Exception):
    """A file that cannot be used as a checklist; `faults` holds its errors and warnings."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def shown(value: object, limit: int = 60) -> str:
    """A value from someone's file, cut and with nothing in it that could disturb a screen."""
    text = value if isinstance(value, str) else ascii_number(value)
    clean = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[: limit + 1])
    return clean if len(text) <= limit else clean[:limit] + "..."


def ascii_number(value: object) -> str:
    """Python refuses to write out whole numbers of thousands of digits."""
    if isinstance(value, int) and value.bit_length() > 1000:
        return "a number of many digits"
    return str(value)
