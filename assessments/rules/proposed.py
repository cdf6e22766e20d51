"""A level that the agency's own register suggests for an indicator. It is a suggestion: people rate."""

from dataclasses import dataclass
from datetime import date

from standards.model import EvidenceKind


@dataclass(frozen=True)
class Fact:
    """What a suggestion rests on, as a line of evidence."""

    kind: EvidenceKind
    what: str
    as_of: date | None = None


@dataclass(frozen=True)
class Proposal:
    """`reason` says why this level, a sentence that begins small; `missing` what the next one needs, empty where a
    register cannot tell; `judge` what a person has to look at before the level stands. Without `facts` nothing is
    registered, and the level is the ladder's lowest.
    """

    level: int
    reason: str
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    judge: str = ""
