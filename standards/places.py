"""Where something stands in a checklist file: its line, and its place in an author's words."""

import re
from collections.abc import Iterator
from typing import Any

from standards.faults import Loc, shown

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEYS})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_KEYS})[ \t]*=")
_QUOTES = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*')


def lines(text: str) -> dict[Loc, int]:
    """Content -> line, for every table that has a heading and every key that begins a line."""
    found: dict[Loc, int] = {(): 1}
    counts: dict[Loc, int] = {}
    table: Loc = ()
    for number, line in _statements(text):
        if heading := _HEADER.match(line):
            table = _table(_parts(heading[2]), heading[1], counts)
            found.setdefault(table, number)
            found.setdefault(table[:1], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def _table(parts: tuple[str, ...], brackets: str, counts: dict[Loc, int]) -> Loc:
    """The place of a heading: `counts` holds how many of each [[table]] there were, and grows."""
    loc: Loc = ()
    for part in parts[:-1]:
        loc = (*loc, part)
        if loc in counts:
            loc = (*loc, counts[loc] - 1)
    loc = (*loc, parts[-1])
    if brackets == "[[":
        counts[loc] = counts.get(loc, 0) + 1
        loc = (*loc, counts[loc] - 1)
    return loc


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines, without those that are the inside of a text over several lines."""
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not closing:
            yield number, line
        closing = _still_open(line, closing)


def _still_open(line: str, closing: str) -> str:
    """The quotes that a text begun on or before this line still waits for, or nothing."""
    at = 0
    while at < len(line):
        if closing:
            end = line.find(closing, at)
            if end < 0:
                return closing
            at, closing = end + 3, ""
        elif (quote := _QUOTES.search(line, at)) is None:
            return ""
        else:
            closing = quote[0] if quote[0] in ('"""', "'''") else ""
            at = quote.end()
    return closing


def _parts(keys: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, keys))


def line_of(loc: Loc, known: dict[Loc, int]) -> int:
    """The line of the nearest thing around `loc` that has one."""
    while loc not in known:
        loc = loc[:-1]
    return known[loc]


def in_words(loc: Loc, data: Any) -> str:
    """("indicator", 2, "ladder") -> 'indicator ORG-03, key "ladder"'."""
    if not loc:
        return "the whole file"
    words: list[str] = []
    here = data
    for at, part in enumerate(loc):
        here = inside(here, part)
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {_name(here, part)}"
        else:
            words.append(part if _has_more(loc, at) else f'key "{shown(part)}"')
    return ", ".join(words if len(words) > 1 or len(loc) > 1 else ["top of the file", *words])


def _has_more(loc: Loc, at: int) -> bool:
    return at + 1 < len(loc)


def _name(item: Any, index: int) -> str:
    """What an author calls one of many: its id, a level its value, anything else its number, from 1."""
    if isinstance(item, dict):
        name = item.get("id", item.get("value"))
        if (isinstance(name, str) and name.strip()) or type(name) is int:
            return shown(name)
    return f"number {index + 1}"


def inside(here: Any, part: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return None
