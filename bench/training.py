"""The training plan from the store to its reasons, against the solver alone on the same matrices."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from sqlalchemy import insert

from assessments.rules.cover import Program, cheapest, most, together
from assessments.rules.training_plan import AN_HOUR, TrainingPlan, items, points
from assessments.store import database, place
from assessments.store.tables import Table
from assessments.use_cases import training
from assessments.use_cases.training import Choices, Planned
from bench.figures import Figure, ratio
from bench.workbooks import in_turns
from standards import catalogue
from tests.use_cases import cast
from tests.use_cases.cast import House

STAFF, ROLES, COURSES = 500, 7, 60
FORMATS = ("in-person", "online-live", "self-paced", "coaching")
HOURS = (1, 1.5, 2, 3, 4, 6, 8, 12, 16)
TODAY = cast.NOW.date()
SECONDS = 10.0
GOAL = 3.0
CHECKLIST = catalogue.library()[cast.STAFF]


def measure() -> list[Figure]:
    with staffed() as house:
        free: Planned = house.read(training.training_plan, TODAY, cast.STAFF)
        half = Choices(hours=free.plan.hours / AN_HOUR / 2)
        return [*_figures(house, "as many hours as it takes", Choices()), *_figures(house, "half of these", half)]


def _figures(house: House, named: str, choices: Choices) -> list[Figure]:
    def planned() -> Planned:
        found: Planned = house.read(training.training_plan, TODAY, cast.STAFF, choices)
        return found

    found = planned()
    calls = [_bare(one) for one in _programs(house, found)]
    ours, bare = in_turns(planned, lambda: [call() for call in calls])
    print(f"Training plan, {named}: {_said(found.plan)}.", flush=True)
    return [
        ratio(f"training plan, {named} / the solver alone, {len(calls)} solved", ours, bare, GOAL),
        Figure(f"its gap to the optimum, {named}", _gap(found.plan), 0.0, _said(found.plan)),
    ]


def _programs(house: House, found: Planned) -> list[Program]:
    """What is solved on the way to both plans, the best one and the one within the hours."""
    _, asked = house.read(training.question, TODAY, CHECKLIST, found.choices)
    worth = points(asked)
    taught = items(sorted(asked.offers, key=lambda one: one.id), list(worth))
    things = together(taught, dict(enumerate(worth.values())))
    best = cheapest(taught, things, found.best.closed)
    if asked.budget is None:
        return [best]
    return [best, most(taught, things, asked.budget), cheapest(taught, things, found.plan.closed)]


def _bare(program: Program) -> Callable[[], Any]:
    """The call alone: what it takes is made before."""
    costs, whole = np.array(program.costs), (np.arange(len(program.costs)) < program.whole).astype(int)
    rows = LinearConstraint(np.array(program.rows), np.array(program.low), np.inf)
    options = {"time_limit": SECONDS, "mip_rel_gap": 0}
    return lambda: milp(costs, integrality=whole, bounds=Bounds(0, 1), constraints=rows, options=options)


def _gap(plan: TrainingPlan) -> float:
    """Of the points that can be closed and of the hours that it takes, what is not proven."""
    return (plan.at_most - plan.closed) / max(1, plan.at_most) + (plan.hours - plan.at_least) / max(1, plan.hours)


def _said(plan: TrainingPlan) -> str:
    how = "proven optimal" if plan.proven else f"at most {plan.at_most}, at least {plan.at_least / AN_HOUR:g}"
    return f"{plan.closed} of {plan.points} points in {plan.hours / AN_HOUR:g} hours, {how}"


@contextmanager
def staffed() -> Iterator[House]:
    """Riverbend with 500 staff in seven roles, all of whom need all 31 competencies and are rated on each."""
    with TemporaryDirectory() as folder:
        engine = database.connect(place.sqlite_url(Path(folder)))
        database.migrate(engine)
        house = cast.riverbend(engine)
        with database.writing(engine) as db:
            for name, rows in _rows(house, Random(5)).items():  # noqa: S311 - no secret
                db.execute(insert(Table.metadata.tables[name]), rows)
        yield house
        engine.dispose()


def _rows(house: House, chance: Random) -> dict[str, list[dict[str, Any]]]:
    """By table. Levels, hours and what is taught are drawn with a seed, so that every run measures the same."""
    agency, by = house.actor.agency_id, house.actor.person_id
    names = [one.id for one in CHECKLIST.indicators]
    staff, roles = [f"staff-{n:03}" for n in range(STAFF)], [f"role-{n}" for n in range(ROLES)]
    courses = [f"course-{n:02}" for n in range(COURSES)]
    added = {"agency_id": agency, "added_at": cast.NOW, "added_by": by}
    rated = {
        "agency_id": agency,
        "checklist_id": CHECKLIST.id,
        "edition": CHECKLIST.edition,
        "kind": "supervisor",
        "on": TODAY,
        "shown_in": "live",
        "given_at": cast.NOW,
        "given_by": by,
    }
    need = {"agency_id": agency, "checklist_id": CHECKLIST.id}
    return {
        "staff_member": [
            {**added, "id": one, "site_id": house.site, "code": one, "code_key": one, "starts": cast.STARTED}
            for one in staff
        ],
        "job_role": [{"agency_id": agency, "id": one, "name": one, "name_key": one} for one in roles],
        "role_need": [
            {**need, "role_id": role, "indicator_id": name, "level": chance.choice((2, 3, 3, 3, 4))}
            for role in roles
            for name in names
        ],
        "staff_role": [{"agency_id": agency, "staff_id": one, "role_id": chance.choice(roles)} for one in staff],
        "competency_rating": [
            {**rated, "staff_id": one, "indicator_id": name, "level": chance.randrange(5)}
            for one in staff
            for name in names
        ],
        "course": [
            {
                **added,
                "id": one,
                "name": one,
                "name_key": one,
                "hours": chance.choice(HOURS),
                "format": chance.choice(FORMATS),
            }
            for one in courses
        ],
        "course_competency": [
            {**need, "course_id": one, "indicator_id": name, "level": chance.choice((2, 3, 3, 4))}
            for one in courses
            for name in chance.sample(names, chance.randint(1, 6))
        ],
    }
