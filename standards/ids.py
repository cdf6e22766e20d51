"""Ids: what one may look like, when two are the same, and whether what is named is there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from standards.faults import Finding, Loc, shown
from standards.shape import meant

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LONGEST_ID = 40


def folded(written: str) -> str:
    """Two ids are the same when this is: neither case nor a look-alike form of a letter makes another one."""
    return unicodedata.normalize("NFKC", written).casefold()


def known(ids: Iterable[str]) -> dict[str, str]:
    """Folded id -> the id as it was first written."""
    first: dict[str, str] = {}
    for written in ids:
        first.setdefault(folded(written), written)
    return first


def fit(written: str, loc: Loc) -> Iterator[Finding]:
    if written.strip() and not ID.fullmatch(written):
        remedy = "Use letters from A to Z, digits, hyphens, dots and underscores, such as ORG-03."
        yield Finding("bad-id", loc, f'"{shown(written)}" cannot be an id.', remedy)
    if len(written) > LONGEST_ID:
        yield Finding("too-long", loc, f"An id of {len(written)} characters is too long.", f"Keep to {LONGEST_ID}.")


def reference(written: str, there: dict[str, str], loc: Loc, rule: str = "dangling-id") -> Iterator[Finding]:
    same = there.get(folded(written))
    if same is None:
        what = "ladder" if loc[-1] == "rolls_up" else loc[-1]
        yield Finding(rule, loc, f'There is no {what} "{shown(written)}".', meant(written, [*there.values()]))
    elif same != written:
        reason = f'"{shown(written)}" is written "{shown(same)}" where it is defined.'
        yield Finding("id-case", loc, reason, f'Write "{shown(same)}" here.')
