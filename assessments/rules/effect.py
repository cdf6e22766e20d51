"""Whether the indicators of a priority moved at the next cycle, and held at the one after."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.rules.ratings import UNRATED, Ratings

Outcome = Literal["moved", "not moved", "held", "lost", "not yet known"]

WORDS: dict[Outcome, str] = {
    "held": "held at the cycle after",
    "lost": "did not hold",
    "not moved": "did not move up",
    "not yet known": "cannot be told yet",
}


@dataclass(frozen=True)
class Effect:
    """`levels` at the start, at the next cycle and at the one after; None where there is none."""

    indicator: str
    levels: tuple[int | None, int | None, int | None]
    outcome: Outcome
    words: str


def effects(linked: Iterable[str], cycles: Sequence[Ratings]) -> tuple[Effect, ...]:
    """`cycles` from the one in which the priority was chosen on, as many as there are; those after the third are not
    looked at. ValueError without the first.
    """
    if not cycles:
        raise ValueError("an effect needs the cycle in which the priority was chosen")
    return tuple(_effect(name, [sheet.get(name, UNRATED).level for sheet in cycles[:3]]) for name in linked)


def summary(found: Sequence[Effect]) -> str:
    """One sentence for the whole priority."""
    if not found:
        return "No indicator is linked to this priority, so nobody can tell whether it had an effect."
    counts = Counter(effect.outcome for effect in found)
    moved = counts["moved"] + counts["held"] + counts["lost"]
    parts = [f"{moved} of {len(found)} linked indicators moved up"]
    parts += [f"{counts[outcome]} {words}" for outcome, words in WORDS.items() if counts[outcome]]
    return f"{'; '.join(parts)}."


def _effect(indicator: str, known: Sequence[int | None]) -> Effect:
    start, then, after = (*known, None, None)[:3]
    return Effect(indicator, (start, then, after), *_outcome(start, then, after))


def _outcome(start: int | None, then: int | None, after: int | None) -> tuple[Outcome, str]:
    if start is None:
        return "not yet known", "There was no level to start from."
    if then is None:
        return "not yet known", f"It began at level {start}, and the next cycle gives no level for it yet."
    if then <= start:
        return "not moved", _stayed(start, then, after)
    rose = f"It rose from level {start} to {then}"
    if after is None:
        return "moved", f"{rose}. Whether that holds, the cycle after will show."
    if after >= then:
        return "held", f"{rose} and held: at the cycle after it is at level {after}."
    kept = "still above where it began" if after > start else "no longer above where it began"
    return "lost", f"{rose} and fell back to level {after}, {kept}."


def _stayed(start: int, then: int, after: int | None) -> str:
    stayed = f"It stayed at level {start}" if then == start else f"It fell from level {start} to {then}"
    later = f" It rose to level {after} only at the cycle after." if after is not None and after > start else ""
    return f"{stayed} at the next cycle.{later}"
