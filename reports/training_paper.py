"""The training plan as a paper that others get: by course and competency, and nobody can be told from it. Numbers of
fewer than five people are in no figure of it, so that none can be found by taking away.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

from assessments.rules.rolled_up import FEWEST
from assessments.rules.training_plan import AN_HOUR, Topic, TrainingPlan
from assessments.use_cases.training import Planned
from reports import words
from reports.competencies import CONFIDENTIAL, PURPOSE
from reports.paper import Block, Facts, Listing, Paper, Paragraph, Section, Table, Text, strong, text, typed
from reports.training import (
    COUNTS,
    TEACHES_ONLY,
    WHY,
    Say,
    cost,
    hours,
    no_course,
    proof,
    rate_first,
    short,
    to_rate,
    why,
)
from standards.model import Checklist

FEW = f"Fewer than {FEWEST}"
HIDDEN = "Not shown"
LEFT_OUT = (
    f"Where fewer than {FEWEST} people are below the target, a number could tell who. These competencies are in the "
    "plan, and their points are in no figure of this paper; nor are those of a course that teaches one of them."
)


def plan_paper(planned: Planned, agency: str, where: str, made: datetime, say: Say) -> Paper:
    plan = planned.plan
    facts = Facts(
        (
            ("Agency", text(typed(agency))),
            ("Where", text(typed(where))),
            ("Checklist", text(f"{say(planned.checklist.title)}, edition {planned.checklist.edition}")),
            ("As of", text(words.day(planned.today))),
        )
    )
    whole = not _few(plan)
    blocks: list[Block] = [
        Paragraph(
            text(strong(f"{_summary(plan) if plan.courses else no_course(planned)}."), f" {proof(plan, counted=whole)}")
        )
    ]
    said = (cost(planned, counted=whole), TEACHES_ONLY, "" if whole else LEFT_OUT)
    blocks += [Paragraph(text(one)) for one in said if one]
    sections = (
        Section("The plan", (*blocks, _courses(planned), Paragraph(text(COUNTS), small=True))),
        Section("By competency", (_competencies(plan, planned.checklist, say), *_limits(planned))),
    )
    return Paper("Training plan", text(typed(where)), PURPOSE, facts, sections, made, listed=False, foot=CONFIDENTIAL)


def _few(plan: TrainingPlan) -> frozenset[str]:
    """Competencies in which too few are below the target to say how many; they stand last, in no order of size."""
    return frozenset(one.indicator for one in short(plan) if one.short < FEWEST)


def _summary(plan: TrainingPlan) -> str:
    """Over what is shown alone."""
    few = _few(plan)
    shown = [one for one in short(plan) if one.indicator not in few]
    said = f"{words.count(len(plan.courses), 'course')}, {hours(plan.hours)}"
    if not shown:
        return said
    closed, points = sum(one.closed for one in shown), sum(one.points for one in shown)
    where = f", where {FEWEST} or more people are below the target" if few else ""
    return f"{said}: closes {closed:,} of {points:,} points of gap ({words.percent(Fraction(closed, points))}){where}"


def _courses(planned: Planned) -> Table:
    few = _few(planned.plan)
    hidden = {one.id: one.name for one in planned.courses.values() if few & one.teaches}
    rows: Sequence[tuple[Text, ...]] = [
        (
            text(typed(planned.courses[one.course].name)),
            text(f"{one.hours / AN_HOUR:g}"),
            *(text(HIDDEN if one.course in hidden else f"{number:,}") for number in (one.closes, one.alone)),
        )
        for one in sorted(planned.plan.courses, key=lambda one: (one.course in hidden, hidden.get(one.course, "")))
    ]
    head = ("Course", "Hours", "Points closed", "Closed by no other")
    return Table("Courses of the plan", head, (49, 13, 18, 20), tuple(rows), captioned=False)


def _competencies(plan: TrainingPlan, checklist: Checklist, say: Say) -> Table:
    few = _few(plan)
    shown = [one for one in short(plan) if one.indicator not in few]
    rows = [
        (
            text(f"{one.indicator} {say(checklist.indicator[one.indicator].text)}"),
            *map(text, _numbers(one)),
        )
        for one in (*shown, *(one for one in plan.topics if one.indicator in few))
    ]
    head = ("Competency", "People below", "Points closed", "What stays open")
    return Table("Gaps by competency", head, (46, 12, 14, 28), tuple(rows), captioned=False)


def _numbers(one: Topic) -> tuple[str, str, str]:
    """People below, points closed, what stays open."""
    if one.short < FEWEST:
        return FEW, HIDDEN, words.capital("; ".join(WHY[reason] for reason in one.open)) or "Nothing"
    return str(one.short), f"{one.closed:,} of {one.points:,}", why(one) or "Nothing"


def _limits(planned: Planned) -> Iterable[Block]:
    items = []
    if unknown := to_rate(planned.plan):
        some = "" if unknown >= FEWEST else "some ratings are"
        items.append(text(f"Rate first: {rate_first(planned.plan, some)} They are not in the plan."))
    names = [planned.courses[one].name for one in sorted(planned.choices.left_out) if one in planned.courses]
    items += [text("Left out by choice: ", typed(name)) for name in names]
    if items:
        yield Listing(tuple(items))
