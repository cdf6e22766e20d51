"""Which courses close the most of what staff still have to learn, in the fewest hours.

A course that teaches a competency up to a level takes everybody who needs it and is below up to that level, as far as
their target. So it is enough to count, for each competency and each step of its ladder, the people who have that step
before them: where several courses teach the same step, one of them closes it, and no step is closed twice. The plan is
a cover of these steps (`cover.py`), and nothing about persons has to be known to make it.

What is not known is no gap to train: it is to be rated first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from assessments.rules.competency import COMPETENT
from assessments.rules.cover import Item, cover
from standards.model import Class

Why = Literal["no course", "not far enough", "left out", "hours"]

POINTS: Mapping[Class, int] = {"duty": 3, "critical": 2, "standard": 1}
"""What a level that one staff member lacks counts, by the class of the indicator. Convention."""
AN_HOUR = 100
SECONDS = 10.0
"""After which the best plan found is given, with what is proven of it."""


class Step(NamedTuple):
    """One level of one competency's ladder: what it takes to come from the level below to it."""

    indicator: str
    level: int


class Rated(NamedTuple):
    """How many people have this level where their role needs `target`; no level: it is not known."""

    indicator: str
    target: int
    level: int | None
    people: int


@dataclass(frozen=True)
class Offer:
    """A course. `hours` in hundredths; `teaches`: indicator id -> level up to."""

    id: str
    hours: int
    teaches: Mapping[str, int]


@dataclass(frozen=True)
class Taken:
    """A course of the plan: the points that it closes, and those of them that no other course of the plan does."""

    course: str
    hours: int
    closes: int
    alone: int


@dataclass(frozen=True)
class Topic:
    """One competency. `short`: people below their target; `unknown`: people to be rated first; `points` and `closed`
    are of the gap; `open` says of what stays why; `to_show`: people whose course leads to a level that has to be shown.
    """

    indicator: str
    short: int
    unknown: int
    points: int
    closed: int
    open: Mapping[Why, int]
    to_show: int


@dataclass(frozen=True)
class TrainingPlan:
    """Hours in hundredths. `at_most` and `at_least`: what any plan can close within the hours, and the hours of any
    that closes as much, as far as is proven.
    """

    courses: tuple[Taken, ...]
    hours: int
    points: int
    closed: int
    at_most: int
    at_least: int
    topics: tuple[Topic, ...]

    @property
    def proven(self) -> bool:
        return self.closed == self.at_most and self.hours == self.at_least

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(one.course for one in self.courses)


@dataclass(frozen=True)
class Question:
    """What is known of the staff, what is offered, and what a level counts: indicator id -> points, in the order in
    which the topics are told.
    """

    rated: Sequence[Rated]
    offers: Sequence[Offer]
    points: Mapping[str, int]
    left_out: Collection[str] = ()
    budget: int | None = None


def training_plan(asked: Question, seconds: float = SECONDS) -> TrainingPlan:
    """The same input gives the same plan, in whatever order the courses come."""
    offers = sorted((one for one in asked.offers if one.id not in asked.left_out), key=lambda one: one.id)
    worth = points(asked)
    found = cover(items(offers, list(worth)), dict(enumerate(worth.values())), asked.budget, seconds)
    return _told(asked, [offers[at] for at in found.chosen], worth, (found.at_most, found.at_least))


def what_if(asked: Question, seconds: float = SECONDS) -> tuple[TrainingPlan, TrainingPlan]:
    """With what the person chose, and the best that there is without. A plan that has nothing of what is left out is
    the best without it too, so that leaving it out changes nothing.
    """
    best = within = training_plan(replace(asked, left_out=(), budget=None), seconds)
    if asked.budget is not None and best.hours > asked.budget:
        within = training_plan(replace(asked, left_out=()), seconds)
    if not asked.left_out:
        return within, best
    if not within.chosen.isdisjoint(asked.left_out):
        return training_plan(asked, seconds), best
    chosen = [one for one in asked.offers if one.id in within.chosen]
    return _told(asked, chosen, points(asked), (within.at_most, within.at_least)), best


def points(asked: Question) -> dict[Step, int]:
    """What it counts to close each step that somebody has before them."""
    return {step: people * asked.points[step.indicator] for step, people in steps(asked.rated).items()}


def steps(rated: Iterable[Rated]) -> dict[Step, int]:
    """The people who have each step before them, in the order of the ids."""
    found = Counter[Step]()
    for one in rated:
        if one.level is not None:
            for level in range(one.level + 1, one.target + 1):
                found[Step(one.indicator, level)] += one.people
    return dict(sorted(found.items()))


def items(offers: Sequence[Offer], wanted: Sequence[Step]) -> list[Item]:
    """Each with the places of the steps that it teaches."""
    places = {step: at for at, step in enumerate(wanted)}
    return [Item(one.hours, frozenset(places[step] for step in _taught(one, places))) for one in offers]


def _taught(offer: Offer, wanted: Container[Step]) -> list[Step]:
    ways = offer.teaches.items()
    return [step for name, to in ways for level in range(1, to + 1) if (step := Step(name, level)) in wanted]


def _told(asked: Question, chosen: Sequence[Offer], worth: Mapping[Step, int], proven: tuple[int, int]) -> TrainingPlan:
    """`proven`: the most that can be closed, and the fewest hours."""
    taught = {one.id: _taught(one, worth) for one in chosen}
    times = Counter(step for found in taught.values() for step in found)
    courses = [_taken(one, taught[one.id], worth, times) for one in chosen]
    return TrainingPlan(
        tuple(sorted(courses, key=lambda one: (-one.closes, one.course))),
        sum(one.hours for one in chosen),
        sum(worth.values()),
        sum(worth[step] for step in times),
        *proven,
        tuple(_topics(asked, worth, times)),
    )


def _taken(offer: Offer, taught: Sequence[Step], worth: Mapping[Step, int], times: Mapping[Step, int]) -> Taken:
    alone = sum(worth[step] for step in taught if times[step] == 1)
    return Taken(offer.id, offer.hours, sum(worth[step] for step in taught), alone)


def _topics(asked: Question, worth: Mapping[Step, int], closed: Collection[Step]) -> Iterable[Topic]:
    of, groups = defaultdict[str, list[Step]](list), defaultdict[str, list[Rated]](list)
    for step in worth:
        of[step.indicator].append(step)
    for one in asked.rated:
        groups[one.indicator].append(one)
    for name in asked.points:
        reach = max((step.level for step in of[name] if step in closed), default=0)
        yield Topic(
            indicator=name,
            short=sum(_below(one, one.target) for one in groups[name]),
            unknown=sum(one.people for one in groups[name] if one.level is None),
            points=sum(worth[step] for step in of[name]),
            closed=sum(worth[step] for step in of[name] if step in closed),
            open=_open(asked, {step: worth[step] for step in of[name] if step not in closed}),
            to_show=sum(_below(one, min(reach, one.target)) for one in groups[name] if one.target >= COMPETENT)
            if reach >= COMPETENT
            else 0,
        )


def _below(group: Rated, level: int) -> int:
    return group.people if group.level is not None and group.level < level else 0


def _open(asked: Question, left: Mapping[Step, int]) -> dict[Why, int]:
    found = Counter[Why]()
    for step, worth in left.items():
        found[_why(asked, step)] += worth
    return dict(found)


def _why(asked: Question, step: Step) -> Why:
    teaching = [one for one in asked.offers if one.teaches.get(step.indicator, 0) >= step.level]
    if any(one.id not in asked.left_out for one in teaching):
        return "hours"
    if teaching:
        return "left out"
    return "not far enough" if any(step.indicator in one.teaches for one in asked.offers) else "no course"
