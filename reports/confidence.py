"""How far its evidence carries an assessment: by indicator, by domain, and what has to be looked at again when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from assessments.rules import confidence as rule
from assessments.rules.confidence import Carried, Support, carried, look_first
from assessments.rules.ratings import strength
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import EvidenceDetails, EvidenceLine, Row
from reports.frames import Say, tenths
from reports.words import day

APART, NEAR = 0.26, 30
"""Levels between two labels, and per cent of the width within which they would meet."""
FRESH = f"Nothing here is stale, and nothing will be within {rule.SOON} days."
NEVER = (
    "No evidence here says when it is to be looked at again. Where it is entered, give it a number of months: an "
    "agreement or a roster is soon out of date."
)
MOST = 10
"""Indicators listed at once."""


@dataclass(frozen=True)
class Review:
    """A line of evidence that is to be looked at again by the day `due`."""

    indicator: str
    line: EvidenceLine
    due: date
    stale: bool


def support(details: EvidenceDetails) -> Support:
    return Support(details.kind, details.as_of, details.review_months)


def look_again(details: EvidenceDetails, today: date) -> str:
    """By when, as Markdown; empty where nobody said."""
    said = due(details, today)
    return f"**{said}**" if rule.stale(support(details), today) else said


def due(details: EvidenceDetails, today: date) -> str:
    """The same in plain words."""
    about = support(details)
    if about.due is None:
        return ""
    return f"stale since {day(about.due)}" if rule.stale(about, today) else f"look again by {day(about.due)}"


def of_row(row: Row, today: date) -> int:
    return rule.confidence((support(line.details) for line in row.evidence), today)


def by_indicator(report: GapReport, today: date) -> dict[str, int]:
    """Of what is scored and has a level, in the order of the checklist."""
    return {
        indicator.id: of_row(report.row(indicator.id), today)
        for indicator in report.checklist.indicators
        if indicator.scored and report.row(indicator.id).rated.level is not None
    }


def whole(report: GapReport, today: date) -> Carried:
    return carried(by_indicator(report, today).values())


def domains(report: GapReport, today: date, say: Say = str) -> pd.DataFrame:
    """A row a domain with a rating that is scored: `share` in per cent, the counts by confidence as "0" to "4", and in
    `told` where its label stands, so that none covers another.
    """
    found = by_indicator(report, today)
    data = []
    for domain in report.checklist.domains:
        held = carried(found[one.id] for one in report.checklist.by_domain[domain.id] if one.id in found)
        score = tenths(report.score.domains[domain.id].mean)
        if held.rated and score is not None:
            share = held.supported * 100 / held.rated
            data.append((domain.id, say(domain.title), score, share, held.supported, held.rated, *held.counts))
    frame = pd.DataFrame(data, columns=[*"domain title score share supported rated".split(), *"01234"])
    return frame.assign(told=_labels(list(zip(frame["share"], frame["score"], strict=True))))


def _labels(points: list[tuple[float, float]]) -> list[float]:
    """How high each label stands: at its point, or just below the one that it would cover."""
    placed: list[tuple[float, float]] = []
    heights = dict.fromkeys(range(len(points)), 0.0)
    for place in sorted(heights, key=lambda place: (-points[place][1], points[place][0])):
        across, height = points[place]
        for other, taken in sorted(placed, key=lambda one: -one[1]):
            if abs(other - across) < NEAR and abs(taken - height) < APART:
                height = taken - APART
        placed.append((across, height))
        heights[place] = height
    return [heights[place] for place in range(len(points))]


def first(report: GapReport, today: date) -> list[str]:
    """Indicators that are scored high on weak or stale evidence, the least carried first."""
    found = by_indicator(report, today)
    levels = {name: report.row(name).rated.level or 0 for name in found}
    return list(look_first(levels, found, {name: strength(report.row(name).rated.evidence) for name in found}))


def reviews(report: GapReport, today: date) -> list[Review]:
    """What is stale or soon will be, the earliest first."""
    return sorted(_reviews(report, today), key=lambda one: (one.due, one.indicator))


def _reviews(report: GapReport, today: date) -> Iterator[Review]:
    for indicator in report.checklist.indicators:
        for line in report.row(indicator.id).evidence:
            about = support(line.details)
            if about.due and (rule.stale(about, today) or rule.stale_soon(about, today)):
                yield Review(indicator.id, line, about.due, rule.stale(about, today))


def has_reviews(report: GapReport) -> bool:
    """Whether anybody said of any evidence when to look at it again."""
    return any(line.details.review_months for row in report.rows.values() for line in row.evidence)
