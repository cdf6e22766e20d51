"""What is printed under a score, so that anyone can compute it again and see that it is the same."""

import hashlib
import json
from dataclasses import asdict, dataclass

from assessments.rules.ratings import UNRATED, Ratings
from assessments.rules.scoring import Score
from standards.model import Checklist

ENGINE = "1"
"""Raised with any change to the rules that could change a score."""


@dataclass(frozen=True)
class Receipt:
    """`mean` is the exact fraction in print ("47/20"), empty where there is none."""

    checklist: str
    edition: str
    edition_hash: str
    ratings_hash: str
    engine: str
    mean: str
    shown_band: str
    rated: int
    applicable: int
    caps: int

    def short(self) -> str:
        """Twelve hexadecimal characters for print, over everything in the receipt."""
        return _sha256(asdict(self))[:12]


def receipt(checklist: Checklist, ratings: Ratings, score: Score) -> Receipt:
    whole = score.whole
    return Receipt(
        checklist=checklist.id,
        edition=checklist.edition,
        edition_hash=checklist.hash,
        ratings_hash=ratings_hash(checklist, ratings),
        engine=ENGINE,
        mean="" if whole.mean is None else str(whole.mean),
        shown_band=whole.shown_band or "",
        rated=whole.rated,
        applicable=whole.applicable,
        caps=len(whole.caps),
    )


def ratings_hash(checklist: Checklist, ratings: Ratings) -> str:
    """SHA-256 over every rating of the checklist, in its order; no entry and an unrated one are the same."""
    rows = []
    for indicator in checklist.indicators:
        r = ratings.get(indicator.id, UNRATED)
        evidence = sorted(set(r.evidence))
        rows.append([indicator.id, r.state.value, r.level, r.met, r.of, r.out_of, r.reason, evidence])
    return _sha256(rows)


def _sha256(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
