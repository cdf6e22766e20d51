"""The training plan and what courses moved, in words and as frames; `training_paper.py` prints the plan."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction

import pandas as pd

from assessments.rules.learned import Compared, Difference, Group, Together
from assessments.rules.training_plan import AN_HOUR, Topic, TrainingPlan, Why
from assessments.use_cases.training import Planned
from reports import words

Say = Callable[[str], str]
WHY: dict[Why, str] = {
    "no course": "no course teaches it",
    "not far enough": "no course teaches it far enough",
    "left out": "only a course that is left out teaches it",
    "hours": "not within the hours",
}
COUNTS = (
    "A point is one level that one staff member lacks to the target of their role. A level of a critical competency "
    "counts 2, of a duty 3. That is a convention. Hours are those of the courses, each counted once, whoever attends."
)
TEACHES_ONLY = (
    "A plan says what courses can teach. A level moves when somebody rates it again: what leads to 3 or above has to "
    "be shown, a skill to somebody who watches."
)
TOO_FEW = "too few to say"


def hours(hundredths: int) -> str:
    return f"{hundredths / AN_HOUR:g} {'hour' if hundredths == AN_HOUR else 'hours'}"


def summary(planned: Planned) -> str:
    """What it is and what it closes, in one sentence."""
    plan = planned.plan
    if not plan.courses:
        return no_course(planned)
    share = words.percent(Fraction(plan.closed, plan.points))
    courses = words.count(len(plan.courses), "course")
    return f"{courses}, {hours(plan.hours)}: closes {plan.closed:,} of {plan.points:,} points of gap ({share})"


def no_course(planned: Planned) -> str:
    """Why the plan is empty, as far as the choices say it; before the end of a sentence."""
    if planned.choices.hours is not None and planned.best.courses:
        return f"With {hours(round(planned.choices.hours * AN_HOUR))} no course fits"
    left = "that is left " if planned.choices.left_out else ""
    return f"No course {left}closes any of the gap"


def proof(plan: TrainingPlan, *, counted: bool = True) -> str:
    if not plan.courses:
        return ""
    if plan.proven:
        return "Proven: no other choice closes more, and none that closes as much takes fewer hours."
    more = (
        "" if plan.closed == plan.at_most or not counted else f" No choice can close more than {plan.at_most:,} points."
    )
    return (
        "This is the best choice found in the time there was, and it is not proven that there is none better."
        f"{more} To close as much takes at least {hours(plan.at_least)}."
    )


def cost(planned: Planned, *, counted: bool = True) -> str:
    """Against the best plan; "" where the choices cost nothing. `counted`: with how many points."""
    closed, saved = planned.best.closed - planned.plan.closed, planned.best.hours - planned.plan.hours
    if not closed and not saved:
        return ""
    fewer = f"{words.count(closed, 'point')} less" if counted else "less"
    less = f"closes {fewer}" if closed else "closes as much"
    spent = f"takes {hours(abs(saved))} {'less' if saved > 0 else 'more'}" if saved else "takes as many hours"
    best = hours(planned.best.hours)
    return f"Without your limits, the best plan takes {best}. Against it, this one {less} and {spent}."


def domains(planned: Planned, say: Say) -> pd.DataFrame:
    """A row a topic that has a gap: points closed and all points."""
    by = {topic.indicator: topic for topic in planned.plan.topics}
    rows = []
    for domain in planned.checklist.domains:
        found = [by[one.id] for one in planned.checklist.by_domain[domain.id]]
        all_points, closed = sum(one.points for one in found), sum(one.closed for one in found)
        if all_points:
            title = f"{say(domain.title)}: {closed:,} of {all_points:,} closed"
            rows.append({"domain": domain.id, "title": title, "closed": closed, "points": all_points})
    return pd.DataFrame(rows, columns=["domain", "title", "closed", "points"])


def why(topic: Topic) -> str:
    """Of what stays open."""
    found = [f"{WHY[reason]} ({words.count(points, 'point')})" for reason, points in topic.open.items()]
    return words.capital("; ".join(found))


def left_open(plan: TrainingPlan) -> str:
    """In one sentence, over all competencies."""
    found = Counter[Why]()
    for topic in plan.topics:
        found.update(topic.open)
    if not found:
        return "Nothing of what is known stays open."
    said = [f"{WHY[reason]} ({words.count(points, 'point')})" for reason, points in found.most_common()]
    return f"What stays open: {'; '.join(said)}."


def short(plan: TrainingPlan) -> list[Topic]:
    """Topics in which somebody is below the target, the largest gap first."""
    return sorted((one for one in plan.topics if one.points), key=lambda one: -one.points)


def rate_first(plan: TrainingPlan, some: str = "") -> str:
    """What is not in the plan, and who is counted in it; `some` in place of a number that is not to be told."""
    return (
        f"{some or words.count(to_rate(plan), 'rating is', 'ratings are')} missing or not to be counted: not rated by "
        "anybody yet, rated by themselves alone, not to be judged, or lapsed."
    )


def to_rate(plan: TrainingPlan) -> int:
    return sum(one.unknown for one in plan.topics)


def moved(found: Group) -> str:
    return f"{found.up} up, {found.same} the same, {found.down} down" if found.pairs else "Nobody to compare"


def medians(found: Group) -> str:
    return words.capital(TOO_FEW) if found.too_few else f"{words.mean(found.before)} to {words.mean(found.after)}"


def not_counted(found: Group) -> str:
    left = [
        (found.unrated, "not rated in the year before"),
        (found.not_again, "not rated again"),
    ]
    return "; ".join(f"{number} of {found.people} {said}" for number, said in left if number)


def apart(found: Difference | None) -> str:
    """The mean change of those who attended less that of the others."""
    if found is None:
        return words.capital(TOO_FEW)
    said = f"{float(found.mean):+.1f} levels"
    if found.low is None or found.high is None:
        return f"{said}; all moved alike within each group, so no interval can be given"
    return f"{said}, with a 95 % interval of {found.low:+.1f} to {found.high:+.1f}"


UNLIKE = (
    "The two cannot well be compared: more than half of those who did not attend began at or above the level that the "
    "course teaches to, so they had little left to learn there. More than half is a convention."
)
UNLIKE_HERE = "Those who did not attend mostly began at that level already, so the two cannot well be compared."


def began(found: Together) -> str:
    """Where both sides stood before, beside what is said of the difference; "" where nothing is."""
    if found.began is None or found.others_began is None:
        return ""
    return (
        f"Before, those who attended stood at level {words.mean(found.began)} and those who did not at level "
        f"{words.mean(found.others_began)} (medians, each person by the mean of their levels)."
    )


def levels_moved(rows: Iterable[Compared]) -> pd.DataFrame:
    """A row a competency and side: of the people rated before and after, how many moved up."""
    found = [
        {
            "indicator": one.indicator,
            "side": side,
            "title": f"{one.indicator}, {side}: {of.up} of {of.pairs} moved up",
            "up": of.up,
            "people": of.pairs,
        }
        for one in rows
        for side, of in (("attended", one.attended), ("did not attend", one.others))
        if of.pairs
    ]
    return pd.DataFrame(found, columns=["indicator", "side", "title", "up", "people"])
