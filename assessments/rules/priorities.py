"""From gaps to a few priorities: a grid to look at together, and a list that the team may move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from assessments.rules.days import in_words
from assessments.rules.gaps import Gap, Kind, Scope

Harm = Literal["low", "moderate", "high"]

HARMS: Mapping[int, Harm] = {3: "high", 2: "moderate", 1: "low"}
SCOPES: tuple[Scope, ...] = ("limited", "pattern", "widespread")
EFFORTS: Mapping[int, str] = {1: "little", 2: "some", 3: "much"}
HARM_ANCHORS: Mapping[Harm, str] = {
    "high": "Somebody could be injured, or lose a right, at any time. For example: infants sleep in unsafe spaces, or "
    "a pregnant woman is turned away without a referral.",
    "moderate": "Harm is possible where other things go wrong too. For example: nobody is named at the prenatal "
    "clinic, so a missed visit may go unseen.",
    "low": "Harm is unlikely; care is less good than it could be. For example: a policy does not name families, "
    "though they are welcomed.",
}
SCOPE_ANCHORS: Mapping[Scope, str] = {
    "limited": "A single case or a single place. Where cases are counted: fewer than 30 in 100 fall short.",
    "pattern": "Several cases, or it comes back. Where cases are counted: 30 to 69 in 100 fall short.",
    "widespread": "Nearly everywhere, or the way things are done. Where cases are counted: 70 in 100 or more fall "
    "short.",
}
MOST_PRIORITIES = 3
KINDS: Mapping[Kind, str] = {
    "failing duty": "A duty that is not met comes first.",
    "unknown duty": "A duty nobody could judge comes next.",
    "failing critical": "A critical item that is not met comes before all others that are no duty.",
    "unknown critical": "A critical item nobody could judge comes next.",
    "below target": "",
    "single cases": "",
    "unrated": "What nobody has rated comes last.",
    "too few": "What cannot be shown comes last.",
}
"""Why the kind stands where it does; nothing where that follows from what else is said."""


class Cell(NamedTuple):
    """None: not set by the team, and not known from counts."""

    harm: Harm | None
    scope: Scope | None


@dataclass(frozen=True)
class Moved:
    """The team put a gap at another rank, from 1. ValueError without who did it or why."""

    indicator: str
    rank: int
    who: str
    why: str
    on: date

    def __post_init__(self) -> None:
        if self.rank < 1 or not self.who.strip() or not self.why.strip():
            raise ValueError("a move needs a rank from 1, who made it and why")


@dataclass(frozen=True)
class Ranked:
    """`by_rule` is the rank without any move; `moved` the move that put it where it stands."""

    gap: Gap
    rank: int
    by_rule: int
    reason: str
    moved: Moved | None


def grid(gaps: Iterable[Gap]) -> dict[Cell, tuple[str, ...]]:
    """Indicator ids, most pressing first: all nine cells, and those of what is not set yet."""
    cells: dict[Cell, list[str]] = {
        Cell(harm, scope): [] for harm in (*HARMS.values(), None) for scope in (*SCOPES, None)
    }
    for gap in gaps:
        cells[Cell(HARMS.get(gap.harm or 0), gap.scope)].append(gap.indicator)
    return {cell: tuple(found) for cell, found in cells.items()}


def ranked(gaps: Sequence[Gap], moves: Sequence[Moved] = ()) -> tuple[Ranked, ...]:
    """`gaps` as `gaps.gaps` orders them, `moves` oldest first: the last of an indicator counts, and of two for the same
    rank the later one has it. A move of what is no gap any more changes nothing.
    """
    by_rule = {gap.indicator: rank for rank, gap in enumerate(gaps, start=1)}
    latest = {move.indicator: (at, move) for at, move in enumerate(moves) if move.indicator in by_rule}
    order = [gap for gap in gaps if gap.indicator not in latest]
    of = {gap.indicator: gap for gap in gaps}
    free = 0
    for _, move in sorted(latest.values(), key=lambda one: (one[1].rank, -one[0])):
        place = min(max(move.rank - 1, free), len(order))
        order.insert(place, of[move.indicator])
        free = place + 1
    made = {name: move for name, (_, move) in latest.items()}
    return tuple(
        _ranked(gap, rank, by_rule[gap.indicator], made.get(gap.indicator)) for rank, gap in enumerate(order, start=1)
    )


def advice(chosen: int) -> str:
    """What to say to a team that has chosen so many priorities for this cycle; empty where it needs no advice."""
    if not chosen:
        return "No priority is chosen yet. Choose one to three for this cycle: the gaps that your team will work on."
    if chosen <= MOST_PRIORITIES:
        return ""
    return (
        f"{chosen} priorities in one cycle are many. One to three at a time is better: each more takes people and "
        "hours from the others, more is begun than finished, and it is harder to see what made the difference. You can "
        "go on all the same, or keep some for the next cycle."
    )


def _ranked(gap: Gap, rank: int, by_rule: int, move: Moved | None) -> Ranked:
    return Ranked(gap, rank, by_rule, _reason(gap, by_rule, move), move)


def _reason(gap: Gap, by_rule: int, move: Moved | None) -> str:
    """Its facts in the order in which they count, and where the team has put it."""
    said = [KINDS[gap.kind], gap.reason, *_weighed(gap)]
    if move:
        on, why = in_words(move.on), move.why.rstrip(".")
        said.append(f"Moved here from place {by_rule} by {move.who} on {on}: “{why}.”")
    return " ".join(filter(None, said))


def _weighed(gap: Gap) -> list[str]:
    """What is set; the rest sorts last."""
    facts = {
        "Likelihood of harm": HARMS.get(gap.harm or 0),
        "Scope": f"{gap.scope}, as counted" if gap.scope and gap.counted else gap.scope,
        "Effort": EFFORTS.get(gap.effort or 0),
    }
    return [f"{name}: {fact}." for name, fact in facts.items() if fact]
