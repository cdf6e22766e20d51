"""What a rating says, as the rules see it: free of tables, screens and clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards.model import EvidenceKind, Ladder


class State(StrEnum):
    """Four things that are never one another: nobody rated it, a level, does not apply, cannot be judged."""

    UNRATED = "unrated"
    LEVEL = "level"
    NOT_APPLICABLE = "not-applicable"
    CANNOT_JUDGE = "cannot-judge"


@dataclass(frozen=True)
class Rated:
    """One indicator of one subject on one sheet.

    `level` is 0 to 4, and None unless the state is LEVEL. On a ladder of counts `met` of `of` are given with it, and
    `out_of`, how many there were in all, where it is known.
    `reason` is why it does not apply. `evidence` holds the kinds of evidence that the rating rests on.
    """

    state: State = State.UNRATED
    level: int | None = None
    met: int | None = None
    of: int | None = None
    out_of: int | None = None
    reason: str = ""
    evidence: tuple[EvidenceKind, ...] = ()


Ratings = Mapping[str, Rated]
"""Indicator id -> rating. An indicator without an entry is unrated."""

UNRATED = Rated()

SAID = frozenset({"staff-interview", "client-voice"})
DOCUMENT = frozenset({"document", "agreement", "supervision-note", "training-file"})
SEEN = frozenset({"record", "log", "observation", "skill-test", "knowledge-check"})


def strength(evidence: tuple[EvidenceKind, ...]) -> int:
    """0 none, 1 said, 2 document, 3 record, log, observation or test, 4 two kinds of which each is at least 2."""
    kinds = set(evidence)
    if len(kinds & (DOCUMENT | SEEN)) >= 2:
        return 4
    if kinds & SEEN:
        return 3
    if kinds & DOCUMENT:
        return 2
    return 1 if kinds & SAID else 0


def level_of_share(ladder: Ladder, met: int, of: int) -> int:
    """The level of k of n on a ladder of counts, on exact fractions: 26 of 37 is 70.3 per cent, level 3.

    ValueError where nothing was counted or more were met than counted.
    """
    if not 0 <= met <= of or of == 0:
        raise ValueError(f"{met} of {of} is not a share")
    return max(level.value for level in ladder.levels if met * 100 >= (level.at_least or 0) * of)
