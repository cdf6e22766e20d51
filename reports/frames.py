"""Results as tables of plain values: what a chart draws and what the table beside it says, from one frame.

Column names are ours and fixed; what people typed stands in cells only. A mean is a number cut to one decimal, so
that a chart places it exactly where the table says it is.
"""

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

import pandas as pd

from assessments.rules.bands import cut
from assessments.rules.change import Change
from assessments.rules.ratings import State
from assessments.rules.run_chart import Run, RunChart, run_chart, runs
from assessments.rules.scoring import Standing, mean_target, standings
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import MeasureLine, Value
from standards.model import Checklist

Say = Callable[[str], str]
"""A checklist's text in the agency's own terms."""

COLUMNS = 16
"""Cells side by side in a strip: as many as a phone can show."""
SIDES = {True: "above", False: "below"}


def domains(report: GapReport, say: Say = str) -> pd.DataFrame:
    """A row a domain that holds anything scored. `target` is where its mean would stand with all at their targets."""
    rows = standings(report.checklist, report.ratings, report.conditions)
    titles = {domain.id: say(domain.title) for domain in report.checklist.domains}
    columns = "domain title score low high target rated applicable complete".split()
    data = [
        (
            domain,
            titles[domain],
            tenths(figures.mean),
            tenths(figures.low),
            tenths(figures.high),
            tenths(mean_target(rows[domain])),
            figures.rated,
            figures.applicable,
            figures.complete,
        )
        for domain, figures in report.score.domains.items()
        if figures.total
    ]
    return pd.DataFrame(data, columns=columns)


def cells(report: GapReport, names: Mapping[State, str], signs: Mapping[State, str]) -> pd.DataFrame:
    """A row a scored indicator, with its place in a strip of at most `COLUMNS` cells; `names` and `signs` are for the
    states that have no level.
    """
    data = [
        (
            standing.indicator.id,
            domain,
            _strip(domain, place, len(found)),
            place % COLUMNS + 1,
            _tail(standing.indicator.id),
            _sign(standing, signs),
            _words(standing, names),
            standing.rated.level,
            standing.rated.level is not None and not standing.unsupported,
            standing.unsupported,
        )
        for domain, found in standings(report.checklist, report.ratings, report.conditions).items()
        for place, standing in enumerate(found)
    ]
    frame = pd.DataFrame(data, columns="indicator domain strip column tail sign words level filled hollow".split())
    return frame.astype({"level": "Int64"})


def sides(change: Change, checklist: Checklist, say: Say = str) -> pd.DataFrame:
    """A row a domain with common indicators, in the order of the later edition."""
    titles = {domain.id: say(domain.title) for domain in checklist.domains}
    data = [
        (domain, title, tenths(found.before), tenths(found.after), found.common)
        for domain, title in titles.items()
        if (found := change.domains.get(domain))
    ]
    return pd.DataFrame(data, columns="domain title before after common".split())


def measured(line: MeasureLine) -> pd.DataFrame:
    """A row a value, in the order of days. `drawn` and the `median` are in per cent where every value is a count out of
    so many. `side` is the one of the median that it lies on, `in_run` whether it is part of a run that signals.
    """
    found, scale = course(line), 100 if line.counted else 1
    middle = found.median or Fraction()
    long = {place for run in long_runs(line, found) for place in run.points}
    data = [
        (
            value.on,
            float(share * scale),
            told(value, line),
            value.note,
            float(middle * scale),
            "on it" if share == middle else SIDES[share > middle],
            place in long,
        )
        for place, (value, share) in enumerate(zip(line.values, line.series, strict=True))
    ]
    return pd.DataFrame(data, columns="on drawn words note median side in_run".split())


def long_runs(line: MeasureLine, found: RunChart) -> list[Run]:
    """Those that signal, in the order of time; only of the longest do the signals tell."""
    if found.signals is None or found.median is None:
        return []
    return [run for run in runs(line.series, found.median) if run.length > found.signals.run_limit]


def course(line: MeasureLine) -> RunChart:
    return run_chart(line.series)


def of_domains(frame: pd.DataFrame, wanted: Collection[str]) -> pd.DataFrame:
    """Only the rows of the domains wanted; all where none is."""
    return frame[frame["domain"].isin(list(wanted))] if wanted else frame


def told(value: Value, line: MeasureLine) -> str:
    """A value with what it was counted out of, or its unit."""
    if value.of:
        return f"{value.value:g} of {value.of}"
    return f"{value.value:g} {line.details.unit}".strip()


def tenths(value: Fraction | None) -> float | None:
    return None if value is None else float(cut(value))


def _strip(domain: str, place: int, count: int) -> str:
    """The label of a strip; a domain with more than one is told apart by its numbers."""
    if count <= COLUMNS:
        return domain
    first = place - place % COLUMNS
    return f"{domain} {first + 1}-{min(first + COLUMNS, count)}"


def _tail(indicator: str) -> str:
    return indicator.rsplit("-", 1)[-1][-3:]


def _sign(row: Standing, signs: Mapping[State, str]) -> str:
    sign = signs[row.rated.state] if row.rated.level is None else str(row.rated.level)
    return f"{sign}!" if row.class_ == "duty" and row.status == "not met" else sign


def _words(row: Standing, names: Mapping[State, str]) -> str:
    rated = row.rated
    if rated.level is None:
        return names[rated.state]
    said = f"{rated.level} {row.ladder.level(rated.level).name}"
    if rated.of is not None:
        said += f" ({rated.met} of {rated.of})"
    if row.unsupported:
        said += ", unsupported"
    return f"{said}, duty not met" if row.class_ == "duty" and row.status == "not met" else said
