"""Sites side by side as a third party may read them: one's own stand under letters where others see them so, and
nothing tells which letters are one's own. Where no other letters are seen, these alone would, so they are left out.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from assessments.rules.shared_sites import InCommon
from assessments.rules.side_by_side import DomainPoint, Neighbor, SideBySide
from assessments.rules.since_last import SinceRow, Slope

T = TypeVar("T", DomainPoint, Slope)
UNSAID = InCommon(0, 0)
"""How much a site has in common with the one that looks tells which that is."""


def has_letters(found: SideBySide) -> bool:
    return any(one.letter for one in found.neighbors)


def lettered(found: SideBySide) -> SideBySide:
    """In the order of the new labels."""
    gone = _alone(found)
    kept = (place for place, one in enumerate(found.neighbors) if not (gone and one.letter))
    places = sorted(kept, key=lambda place: _order(_told(found.neighbors[place])))
    return SideBySide(
        neighbors=tuple(_told(found.neighbors[place]) for place in places),
        domains=tuple(
            replace(
                row,
                points=_in_order(
                    replace(point, neighbor=_told(point.neighbor))
                    for point in row.points
                    if not (gone and point.neighbor.letter)
                ),
                own_in=False,
                own_counted=False,
            )
            for row in found.domains
        ),
        indicators=tuple(replace(row, stands=tuple(row.stands[place] for place in places)) for row in found.indicators),
    )


def lettered_since(found: SideBySide, rows: Iterable[SinceRow]) -> tuple[SinceRow, ...]:
    """Of the `found` as they were: without an own site that was not shared in the same way both times, for beside its
    name would stand what now stands under its letters.
    """
    gone = _alone(found)
    return tuple(
        replace(
            row,
            slopes=_in_order(
                one._replace(neighbor=_told(one.neighbor))
                for one in row.slopes
                if not one.neighbor.own or one.neighbor.how == "named" or (one.neighbor.letter and not gone)
            ),
        )
        for row in rows
    )


def _alone(found: SideBySide) -> bool:
    return not any(one.blinded for one in found.neighbors)


def _told(one: Neighbor) -> Neighbor:
    if not one.letter:
        return replace(one, in_common=UNSAID)
    return replace(one, label=one.letter, blinded=True, own=False, in_common=UNSAID, letter="", guest=False)


def _order(one: Neighbor) -> tuple[str, str]:
    return one.label.casefold(), one.label


def _in_order(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(found, key=lambda one: _order(one.neighbor)))
