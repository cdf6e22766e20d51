"""From gaps to a few priorities: a grid to look at together, and a list that the team may move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from assessments.rules.gaps import Gap, Kind, Scope

Harm = Literal["low", "moderate", "high"]

HARMS: Mapping[int, Harm] = {3: "high", 2: "moderate", 1: "low"}
SCOPES: tuple[Scope, ...] = ("limited", "pattern", "widespread")
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
NOT_GIVEN: Mapping[str, Scope] = {}
KINDS: Mapping[Kind, str] = {
    "failing duty": "A duty that is not met comes first.",
    "unknown duty": "A duty nobody could judge comes next.",
    "failing critical": "A critical item that is not met comes before all others that are no duty.",
    "unknown critical": "A critical item nobody could judge comes next.",
    "below target": "It is below its target.",
    "single cases": "It is at its target, and single cases fall short.",
    "unrated": "What nobody has rated comes last.",
}


class Cell(NamedTuple):
    harm: Harm
    scope: Scope


@dataclass(frozen=True)
class Grid:
    """All nine `cells` hold indicator ids, most pressing first; `unplaced` says in words what each still lacks."""

    cells: Mapping[Cell, tuple[str, ...]]
    unplaced: Mapping[str, str]


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


def grid(gaps: Iterable[Gap], scopes: Mapping[str, Scope] = NOT_GIVEN) -> Grid:
    """`scopes` are the team's own, for what is not counted: a scope computed from counts goes before them."""
    cells: dict[Cell, list[str]] = {Cell(harm, scope): [] for harm in HARMS.values() for scope in SCOPES}
    unplaced: dict[str, str] = {}
    for gap in gaps:
        harm, scope = HARMS.get(gap.harm or 0), gap.scope or scopes.get(gap.indicator)
        if harm and scope:
            cells[Cell(harm, scope)].append(gap.indicator)
        else:
            unplaced[gap.indicator] = _lacks(harm, scope)
    return Grid({cell: tuple(found) for cell, found in cells.items()}, unplaced)


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
        return "No priority is chosen yet. Choose one to three for this cycle."
    if chosen <= MOST_PRIORITIES:
        return ""
    return (
        f"{chosen} priorities are chosen. Teams that work on more than three in one cycle often "
        "finish none: consider keeping some for the next one."
    )


def _lacks(harm: Harm | None, scope: Scope | None) -> str:
    if harm:
        return "The team has not set its scope yet."
    if scope:
        return "The team has not set its likelihood of harm yet."
    return "The team has not set its likelihood of harm and its scope yet."


def _ranked(gap: Gap, rank: int, by_rule: int, move: Moved | None) -> Ranked:
    return Ranked(gap, rank, by_rule, _reason(gap, by_rule, move), move)


def _reason(gap: Gap, by_rule: int, move: Moved | None) -> str:
    """Its facts in the order in which they count, and where the team has put it."""
    facts = [KINDS[gap.kind], gap.reason, f"Likelihood of harm: {HARMS.get(gap.harm or 0, 'not set')}."]
    if gap.scope:
        facts.append(f"Scope: {gap.scope}.")
    facts.append(f"Effort: {'not set' if gap.effort is None else gap.effort}.")
    if move:
        facts.append(f"Moved from rank {by_rule} by {move.who} on {move.on:%Y-%m-%d}: {move.why}")
    return " ".join(facts)
