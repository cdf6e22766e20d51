"""What a staff member is known to be able to do: the rating of record, how long it holds, and how it stands to the
target of their role.

The rating of record is a supervisor's or an observer's, never the self-rating. A knowledge check counts where neither
has rated, and says at most 2. What is at 3 or above has to be shown: a skill to somebody who watched, knowledge in a
case discussion, a note or a session; after 12 months it has to be shown again, and until then counts as a 2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

from assessments.rules.days import months_later

RaterKind = Literal["self", "supervisor", "observer", "knowledge-check"]
ShownIn = Literal["", "live", "recording", "role-play", "case-discussion", "note", "session"]
State = Literal["at target", "below target", "lapsed", "cannot judge", "self-rated only", "not rated", "not needed"]

KINDS: tuple[RaterKind, ...] = get_args(RaterKind)
OF_RECORD: frozenset[RaterKind] = frozenset({"supervisor", "observer"})
WATCHED: tuple[ShownIn, ...] = ("live", "recording", "role-play")
SHOWN: tuple[ShownIn, ...] = (*WATCHED, "case-discussion", "note", "session")
SKILL, KNOWLEDGE = "skill", "knowledge"
"""The ids of the two ladders of staff."""

COMPETENT = 3
MOST_BY_ONESELF = 2
"""Of a skill: self-ratings run high, and nobody watched."""
MOST_BY_CHECK = 2
CHECK_PASSED, CHECK_BEGUN = Fraction(8, 10), Fraction(5, 10)
"""Shares of right answers that a knowledge check needs for 2 and for 1. Convention."""
LASTS_MONTHS = 12


@dataclass(frozen=True)
class Given:
    """One rating of one competency of one staff member; `level` is None where it could not be judged."""

    kind: RaterKind
    on: date
    level: int | None
    shown_in: ShownIn = ""
    correct: int | None = None
    asked: int | None = None

    @property
    def holds_until(self) -> date | None:
        """The last day on which it counts; None where it does not lapse."""
        return months_later(self.on, LASTS_MONTHS) if self.level is not None and self.level >= COMPETENT else None

    def has_lapsed(self, today: date) -> bool:
        until = self.holds_until
        return until is not None and until < today

    def counts_as(self, today: date) -> int | None:
        """What was at 3 or above and has to be shown again says no less than the level before it."""
        return COMPETENT - 1 if self.has_lapsed(today) else self.level


@dataclass(frozen=True)
class Standing:
    """One competency of one staff member today. `target` is None where no role of theirs needs it. "lapsed": they were
    at 3 or above, their target asks for that, and it has to be shown again. `level` is that of record as it counts
    today, and None where it is not known.
    """

    state: State
    target: int | None
    level: int | None
    record: Given | None
    self_rated: Given | None

    @property
    def gap(self) -> int:
        """Levels to the target. What is not known counts as nothing: it is to be rated, not to be trained."""
        return max(0, self.target - self.level) if self.target is not None and self.level is not None else 0

    @property
    def is_known(self) -> bool:
        return self.state in ("at target", "below target")

    @property
    def apart(self) -> int | None:
        """The self-rating less the rating of record; None without both."""
        mine = self.self_rated.level if self.self_rated else None
        return None if mine is None or self.level is None else mine - self.level


def level_of_check(correct: int, asked: int) -> int:
    """0 to 2. ValueError where nothing was asked or more was right than asked."""
    if not 0 <= correct <= asked or asked == 0:
        raise ValueError(f"{correct} of {asked} is not a share")
    share = Fraction(correct, asked)
    return MOST_BY_CHECK if share >= CHECK_PASSED else 1 if share >= CHECK_BEGUN else 0


def holds_since(today: date) -> date:
    """The earliest day whose ratings have not lapsed."""
    day = months_later(today, -LASTS_MONTHS)
    return day if months_later(day, LASTS_MONTHS) >= today else day + timedelta(days=1)


def most(ladder: str, kind: RaterKind) -> int:
    """The highest level that this kind of rater can give on this ladder."""
    if kind == "knowledge-check":
        return MOST_BY_CHECK
    return MOST_BY_ONESELF if kind == "self" and ladder == SKILL else 4


def shows(ladder: str) -> tuple[ShownIn, ...]:
    """Where a level of 3 or above on this ladder can have been shown."""
    return WATCHED if ladder == SKILL else SHOWN


def needs_showing(kind: RaterKind, level: int | None) -> bool:
    """A self-rating is for reflection and shows nothing to anybody."""
    return kind in OF_RECORD and level is not None and level >= COMPETENT


def record_of(given: Iterable[Given]) -> Given | None:
    """The newest by a supervisor or an observer, of whom on one day the observer counts; else the newest check. What
    could not be judged says nothing against what was rated before.
    """
    known = [one for one in given if one.kind != "self"]
    judged = [one for one in known if one.level is not None]
    rated = [one for one in judged if one.kind in OF_RECORD]
    return _newest(rated or judged or known)


def standing(target: int | None, given: Sequence[Given], today: date) -> Standing:
    record = record_of(given)
    own = _newest([one for one in given if one.kind == "self" and one.level is not None])
    state, level = _state(target, record, own, today), record.counts_as(today) if record else None
    return Standing(state, target, None if state == "lapsed" else level, record, own)


def target_of(needs: Iterable[int]) -> int | None:
    """Of somebody who has several roles, the highest that any of them needs."""
    return max(needs, default=None)


def targets_of(roles: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Indicator -> the highest level that any of somebody's roles needs it at."""
    found: dict[str, int] = {}
    for needs in roles:
        for name, level in needs.items():
            found[name] = max(level, found.get(name, 0))
    return found


def _state(target: int | None, record: Given | None, own: Given | None, today: date) -> State:
    if target is None:
        return "not needed"
    if record is None:
        return "self-rated only" if own else "not rated"
    if record.level is None:
        return "cannot judge"
    if record.has_lapsed(today) and target >= COMPETENT:
        return "lapsed"
    return "at target" if (record.counts_as(today) or 0) >= target else "below target"


def _newest(given: Sequence[Given]) -> Given | None:
    return max(given, key=lambda one: (one.on, one.kind == "observer"), default=None)
