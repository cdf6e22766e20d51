"""Checklist files: reading one, reading the library, and every fault of one that cannot be read."""

import re
import tomllib
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from standards import linter, places, shape
from standards.faults import RULES, BadChecklist, Fault, Finding, Loc, shown
from standards.model import Checklist, LadderSet

LIBRARY = Path(__file__).parent / "library"
LARGEST = 1_000_000
MOST_FAULTS = 200
CHECKLIST_TABLES = frozenset({"subject", "domain", "standard", "indicator", "source", "ladders"})

# The standard library's parser takes quadratic time over keys of thousands of dotted parts.
_WORD = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_-]){_WORD}(?:[ \t]*+\.[ \t]*+{_WORD}){{32}}")

SYNTAX = {
    "Cannot overwrite a value": "The same key stands twice in one table. Keep one of the two.",
    "Cannot declare": "The same heading stands twice. Write it once, or in double brackets if there are many: [[...]].",
    "Cannot mutate": "A heading in double brackets does not fit a list written in the line. Use one of the two forms.",
    "Invalid value": "Put text in quotes, write dates as 2026-11-21, and yes or no as true or false.",
    "Illegal character": "Close the quotes on the same line, or begin and end a longer text with three quotes.",
    "Unterminated string": "Close the quotes.",
    "Unescaped": "In double quotes write a backslash twice, or use single quotes.",
    "Expected '='": 'Write a key, an equals sign and a value: title = "...".',
    "Expected ']'": "Close the brackets of the heading: [[indicator]].",
    "Unclosed array": "Close the square brackets, with commas between what stands in them.",
    "Unclosed inline table": "Close the braces on the same line, with commas between what stands in them.",
    "Expected newline": "Begin each key on a line of its own.",
    "Invalid statement": "A line begins with a key, with a heading in brackets, or with # for a remark.",
    "Invalid date": "Write a date that exists, as 2026-11-21.",
}


class _Unusable(Exception):
    """The bytes are not the content of any file of ours."""

    def __init__(self, rule: str, reason: str, remedy: str, line: int | None = None) -> None:
        self.rule, self.reason, self.remedy, self.line = rule, reason, remedy, line


def read(path: Path) -> Checklist:
    """BadChecklist where the file has an error."""
    return _checklist(*_examined_file(path), name=str(path))


def read_text(text: bytes | str, name: str) -> Checklist:
    """BadChecklist where the text has an error."""
    return _checklist(*_examined(text, name), name=name)


def faults(path: Path) -> list[Fault]:
    """Errors and warnings, in the order of the file."""
    return _examined_file(path)[1]


def faults_in(text: bytes | str, name: str) -> list[Fault]:
    """Errors and warnings, in the order of the text."""
    return _examined(text, name)[1]


def examine(data: dict[str, Any]) -> tuple[Checklist | LadderSet | None, list[Finding]]:
    """What a file says, and what is wrong with it, wherever it came from; None where no stand-in helps."""
    only_ladders = "ladder" in data and not CHECKLIST_TABLES & data.keys()
    root = LadderSet if only_ladders else Checklist
    found = [shape.unknown_key(("shared",), shape.keys(root))] if "shared" in data else []
    content, misfits = shape.fitted({key: value for key, value in data.items() if key != "shared"}, root)
    found += misfits
    if isinstance(content, Checklist) and content.ladders:
        content = content.model_copy(update={"shared": shared_ladders().get(content.ladders)})
        if content.shared is None:
            reason = f'No shipped ladder file is called "{shown(content.ladders)}".'
            remedy = shape.meant(content.ladders, [*shared_ladders()])
            found.append(Finding("unknown-ladders", ("ladders",), reason, remedy))
    if isinstance(content, Checklist | LadderSet):
        said = {finding.loc for finding in found}
        around = {loc[:end] for loc in said for end in range(1, len(loc) + 1)}
        new = (finding for finding in linter.lint(content) if not _known(finding.loc, said, around))
        found += islice(new, shape.MOST)
        return content, found
    return None, found


@cache
def library() -> dict[tuple[str, str], Checklist]:
    """Every shipped edition by id and edition. BadChecklist where a shipped file has an error."""
    checklists = [read(path) for path in sorted(LIBRARY.glob("*.toml")) if not path.name.startswith("ladders-")]
    return {checklist.key: checklist for checklist in checklists}


@cache
def shared_ladders() -> dict[str, LadderSet]:
    """The shipped ladder files by the name that checklists give: "ladders-1.0"."""
    contents = [_examined_file(path)[0] for path in sorted(LIBRARY.glob("ladders-*.toml"))]
    return {f"{content.id}-{content.edition}": content for content in contents if isinstance(content, LadderSet)}


def _checklist(content: Checklist | LadderSet | None, found: list[Fault], name: str) -> Checklist:
    if isinstance(content, LadderSet):
        remedy = 'Name it in a checklist: ladders = "ladders-1.0".'
        found = [*found, _whole(_Unusable("ladders-only", "There are only ladders in this file.", remedy), name)]
    if not isinstance(content, Checklist) or any(fault.severity == "error" for fault in found):
        raise BadChecklist(found)
    return content


def _examined_file(path: Path) -> tuple[Checklist | LadderSet | None, list[Fault]]:
    name = str(path)
    try:
        if not path.is_file():
            reason = "This is a folder or device." if path.exists() else "There is no such file."
            return None, [_whole(_Unusable("no-file", reason, "Give the name of a checklist file."), name)]
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        reason = f"It cannot be opened: {getattr(error, 'strerror', error)}."
        return None, [_whole(_Unusable("no-file", reason, "Check its name, and who may read it."), name)]
    return _examined(raw, name)


def _examined(text: bytes | str, name: str) -> tuple[Checklist | LadderSet | None, list[Fault]]:
    try:
        decoded = _decoded(text)
        data = _parsed(decoded)
        content, found = examine(data)
    except RecursionError:
        wrong = _Unusable("too-deep", "Tables or lists are nested too deep.", "Keep to the shape of a checklist.")
        return None, [_whole(wrong, name)]
    except _Unusable as wrong:
        return None, [_whole(wrong, name)]
    return content, _placed(found, decoded, data, name)


def _decoded(text: bytes | str) -> str:
    try:
        raw = text.encode() if isinstance(text, str) else text
        if len(raw) > LARGEST:
            remedy = "Split it into several checklists."
            raise _Unusable("too-large", "The file is larger than 1 MB.", remedy)
        return raw.decode("utf-8-sig")  # Windows editors put a mark in front
    except UnicodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1 if isinstance(wrong, UnicodeDecodeError) else None
        remedy = "Save it again as plain text, with UTF-8 as its encoding."
        raise _Unusable("not-utf8", "The file is not plain text in UTF-8.", remedy, line) from wrong


def _parsed(text: str) -> dict[str, Any]:
    if deep := _DOTTED.search(text):
        remedy = "Keep to the shape of a checklist."
        raise _Unusable("too-deep", "A key has more than 32 parts.", remedy, text.count("\n", 0, deep.start()) + 1)
    try:
        return tomllib.loads(text, parse_float=shape.Written.read)
    except ValueError as wrong:  # TOMLDecodeError is one; a number of thousands of digits raises another
        raise _syntax(str(wrong), text) from wrong


def _syntax(message: str, text: str) -> _Unusable:
    remedy = next(
        (SYNTAX[start] for start in SYNTAX if message.startswith(start)), "Look at the line and the one above."
    )
    said = re.sub(r" \(at .*\)$", "", message, flags=re.DOTALL)
    if "integer string conversion" in message:
        said, remedy = "A number has thousands of digits", "Put it in quotes if it is text."
    at = re.search(r"\(at line (\d+), column \d+\)$", message)
    line = int(at[1]) if at else text.rstrip().count("\n") + 1
    reason = f"The line cannot be read ({said}); what follows it was not looked at."
    return _Unusable("not-toml", reason, remedy, line)


def _known(loc: Loc, said: set[Loc], around: set[Loc]) -> bool:
    """Whether a fault was found there already, so that the linter looked at a stand-in."""
    return loc in around or any(loc[:end] in said for end in range(1, len(loc)))


def _placed(found: list[Finding], text: str, data: dict[str, Any], name: str) -> list[Fault]:
    known = places.lines(text)
    placed = [
        Fault(
            finding.rule,
            RULES[finding.rule].severity,
            name,
            places.in_words(finding.loc, data),
            finding.reason,
            finding.remedy,
            places.line_of(finding.loc, known),
        )
        for finding in found
    ]
    placed.sort(key=lambda fault: fault.line or 0)
    if len(placed) > MOST_FAULTS:
        reason = f"There are more faults than these {MOST_FAULTS}."
        rest = _Unusable("too-many", reason, "Mend these first, then check again.")
        errors_first = sorted(placed, key=lambda fault: fault.severity)[:MOST_FAULTS]
        placed = [*sorted(errors_first, key=lambda fault: fault.line or 0), _whole(rest, name)]
    return placed


def _whole(wrong: _Unusable, name: str) -> Fault:
    rule = RULES[wrong.rule]
    place = "the whole file" if wrong.line is None else f"line {wrong.line}"
    return Fault(rule.id, rule.severity, name, place, wrong.reason, wrong.remedy, wrong.line)
