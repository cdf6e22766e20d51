"""What a team means to reach by when, against what is rated. It changes no score, no band and no gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessments.rules.ratings import State
from assessments.rules.scoring import Standing
from standards.model import Checklist

About = Literal["indicator", "domain"]
Standings = Mapping[str, Sequence[Standing]]


@dataclass(frozen=True)
class Aim:
    """A level for one indicator, or for each that applies of a domain, and the day by which."""

    about: About
    about_id: str
    level: int
    by: date


@dataclass(frozen=True)
class Reach:
    """How many of those that apply are at the level. `steps` are the ids of duties and critical items among them whose
    own target lies above it: there the aim is a step on the way.
    """

    reached: int
    of: int
    steps: tuple[str, ...]

    @property
    def all_there(self) -> bool:
        return 0 < self.of == self.reached


def reach(aim: Aim, standings: Standings) -> Reach:
    """`standings` as `scoring.standings` gives them."""
    rows = [row for row in _about(aim, standings) if row.rated.state is not State.NOT_APPLICABLE]
    return Reach(
        sum(row.rated.level is not None and row.rated.level >= aim.level for row in rows),
        len(rows),
        tuple(row.indicator.id for row in rows if row.class_ != "standard" and aim.level < row.target),
    )


def levels(checklist: Checklist, about: About, about_id: str) -> tuple[int, ...]:
    """Those that can be aimed at: above 0, and on a ladder of what is scored. None where there is no such thing."""
    one = checklist.indicator.get(about_id)
    among = checklist.by_domain.get(about_id, ()) if about == "domain" else (one,) if one else ()
    ladders = [checklist.ladder_of[indicator.id] for indicator in among if indicator.scored]
    return tuple(sorted({value for ladder in ladders for value in ladder.values if value > 0}))


def _about(aim: Aim, standings: Standings) -> list[Standing]:
    if aim.about == "domain":
        return list(standings.get(aim.about_id, ()))
    return [row for rows in standings.values() for row in rows if row.indicator.id == aim.about_id]
