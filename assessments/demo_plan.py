"""What the invented team works on: two priorities, with actions, tests of change and a measure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from assessments.rules.gaps import Scope
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.actions import add_action, add_round
from assessments.use_cases.measures import add_measure, write_value
from assessments.use_cases.plans import ActionDetails, Decision, MeasureDetails, RoundDetails, Status, Value
from assessments.use_cases.priorities import Weight, choose_priority, weigh


@dataclass(frozen=True)
class Task:
    """Days are counted from today: those behind it are below 0."""

    what: str
    owner: str
    starts: int
    due: int
    status: Status = "planned"
    done: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Test:
    change: str
    prediction: str
    starts: int
    ends: int | None = None
    did: str = ""
    learned: str = ""
    decision: Decision = ""


@dataclass(frozen=True)
class Work:
    """A priority with its plan. `counted` are (met, of) for the measure, a fortnight apart, the last six days ago."""

    indicator: str
    because: str
    harm: int
    effort: int
    scope: Scope
    tasks: tuple[Task, ...]
    tests: tuple[Test, ...] = ()
    measure: str = ""
    counted: tuple[tuple[int, int], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    """By the place of a value among them."""


CHOSEN = 205
"""Days ago."""
WORKS = (
    Work(
        "ORG-03",
        "Two of the women who asked for a bed in spring were told to call again. It is a duty, and a change of habit.",
        harm=3,
        effort=2,
        scope="pattern",
        tasks=(
            Task(
                "Put the order of admission on one page beside the intake phone",
                "Intake coordinator",
                -190,
                -170,
                "done",
                -176,
                "The page, as it hangs there; initialed by every shift.",
            ),
            Task("Train both night shifts in the order of admission", "Clinical supervisor", -60, -6, "under way"),
            Task("Look through the intake log of the quarter with the team", "Program director", -5, 5),
        ),
        tests=(
            Test(
                "The night shift calls the coordinator at home when a pregnant woman asks for a bed",
                "Nobody is told to call again, and there are at most two calls a week.",
                -120,
                -92,
                "Four weeks, one coordinator, both night shifts.",
                "Three calls in all. Each woman had an answer that night; the coordinator asked for a second person.",
                "adopt",
            ),
            Test(
                "Two people take turns at being called",
                "It holds over a holiday week as well.",
                -40,
            ),
        ),
        measure="Pregnant women who were offered a place within 48 hours",
        counted=(
            (2, 5),
            (2, 6),
            (3, 6),
            (2, 5),
            (3, 7),
            (3, 6),
            (4, 7),
            (5, 7),
            (4, 6),
            (6, 8),
            (5, 6),
            (6, 7),
            (7, 8),
            (6, 7),
        ),
        notes=((6, "The night shift calls the coordinator"), (11, "Two people take turns")),
    ),
    Work(
        "PAR-01",
        "Without an agreement, every referral hangs on who picks up the phone.",
        harm=2,
        effort=1,
        scope="limited",
        tasks=(
            Task(
                "Sign the agreement with the prenatal clinic on Pier Street",
                "Program director",
                -180,
                -120,
                "done",
                -131,
                "Signed by both; the copy is in the folder of agreements.",
            ),
            Task("Name one contact at the clinic and one here, and put both on the referral sheet", "Nurse", -30, 24),
        ),
    ),
)


Later = Iterator[tuple[datetime, Callable[[], "Later"]]]
"""Acts with the moments at which they are done; each may lead to further ones."""


def work_on(db: Session, actor: Actor, now: datetime, assessment_id: str) -> Later:
    for work in WORKS:
        began = now - timedelta(days=CHOSEN)
        yield began, partial(_choose, db, actor, now, began, assessment_id, work)


def _choose(db: Session, actor: Actor, now: datetime, began: datetime, assessment_id: str, work: Work) -> Later:
    weigh(db, actor, began, assessment_id, work.indicator, Weight(work.harm, work.effort, scope=work.scope))
    priority = choose_priority(db, actor, began, assessment_id, work.indicator, work.because)
    for task in work.tasks:
        moment = now + timedelta(days=task.starts if task.done is None else task.done)
        yield moment, partial(_done, add_action, db, actor, moment, priority, _action(task, now.date()))
    for test in work.tests:
        moment = now + timedelta(days=test.starts if test.ends is None else test.ends)
        yield moment, partial(_done, add_round, db, actor, moment, priority, _round(test, now.date()))
    if not work.counted:
        return
    measure = add_measure(db, actor, began, priority, MeasureDetails(work.measure, "women"))
    for place, (met, of) in enumerate(work.counted):
        moment = now - timedelta(days=6 + 14 * (len(work.counted) - 1 - place))
        value = Value(moment.date(), met, of, dict(work.notes).get(place, ""))
        yield moment, partial(_done, write_value, db, actor, moment, measure, value)


def _done(use_case: Callable[..., object], *given: object) -> Later:
    use_case(*given)
    yield from ()


def _action(task: Task, today: date) -> ActionDetails:
    done = None if task.done is None else _day(today, task.done)
    starts, due = _day(today, task.starts), _day(today, task.due)
    return ActionDetails(task.what, task.owner, starts, due, task.status, done, task.evidence)


def _round(test: Test, today: date) -> RoundDetails:
    ends = None if test.ends is None else _day(today, test.ends)
    starts = _day(today, test.starts)
    return RoundDetails(test.change, test.prediction, starts, ends, test.did, test.learned, test.decision)


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)
