"""What clients, front-line staff and leadership say of the same indicator, each group as one, small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

Shown = Literal["shown", "hidden", "nobody"]

FEWEST = 5
"""People in a group whose ratings are shown. Convention, as for the competencies of staff; a share may ask for more."""


@dataclass(frozen=True)
class Voice:
    """One group on one indicator. A hidden one says nothing, not even how many they were."""

    shown: Shown
    people: int | None = None
    mean: Fraction | None = None
    median: Fraction | None = None


@dataclass(frozen=True)
class Voices:
    """`together` is over everybody, and hidden where it would give a hidden group away."""

    groups: Mapping[str, Voice]
    together: Voice


HIDDEN = Voice("hidden")
NOBODY = Voice("nobody", people=0)


def voices(given: Mapping[str, Sequence[int]], fewest: int = FEWEST) -> Voices:
    """Group -> the levels that its people gave to one indicator, one each. ValueError where `fewest` is below 5."""
    if fewest < FEWEST:
        raise ValueError(f"groups below {FEWEST} are never shown")
    groups = {group: _voice(levels, fewest) for group, levels in given.items()}
    hidden = [len(given[group]) for group, voice in groups.items() if voice.shown == "hidden"]
    everybody = [level for levels in given.values() for level in levels]
    # Everybody less what is shown leaves the hidden groups as one, and that one has to be large enough.
    safe = not hidden or sum(hidden) >= fewest
    return Voices(groups, _voice(everybody, fewest) if safe else HIDDEN)


def mean_of_shown(indicators: Sequence[Voices], group: str) -> tuple[Fraction, int] | None:
    """The mean over the indicators on which the group is shown, and how many; the hidden ones have no part in it."""
    means = [voice.mean for found in indicators if (voice := found.groups.get(group)) and voice.mean is not None]
    return (sum(means, Fraction()) / len(means), len(means)) if means else None


def _voice(levels: Sequence[int], fewest: int) -> Voice:
    if not levels:
        return NOBODY
    if len(levels) < fewest:
        return HIDDEN
    return Voice("shown", len(levels), Fraction(sum(levels), len(levels)), median(map(Fraction, levels)))
