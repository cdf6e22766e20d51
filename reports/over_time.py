"""What a line of time shows beside its values, and the parts of a difference between two cycles."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pandas as pd

from assessments.rules.difference import Difference
from assessments.rules.run_chart import PChart
from assessments.use_cases.plans import MeasureLine, RoundLine, Value
from reports import frames

Numbered = tuple[int, RoundLine]
LANES, CLOSE = 3, 7
"""Labels over a line of time: so many above one another, where they are nearer than a seventh of it."""


def begun(rounds: Sequence[RoundLine], values: Sequence[Value]) -> tuple[list[Numbered], list[Numbered]]:
    """The tests of change, with the numbers that the plan gives them: those that began on or after the day of the first
    value, and those before it, which would only press the line together.
    """
    numbered = sorted(enumerate(rounds, start=1), key=lambda one: one[1].details.starts)
    first = values[0].on
    return (
        [one for one in numbered if one[1].details.starts >= first],
        [one for one in numbered if one[1].details.starts < first],
    )


def label(one: Numbered) -> str:
    return f"Test {one[0]}"


def changes(tests: Sequence[Numbered], values: Sequence[Value]) -> pd.DataFrame:
    """A row a test of change, by its first day; those close to one another have labels in `lane`s of their own."""
    days = [test.details.starts for _, test in tests] + [value.on for value in values]
    near = (max(days) - min(days)) / CLOSE
    data: list[tuple[date, str, int, str]] = []
    for one in tests:
        starts = one[1].details.starts
        taken = {lane for on, _, lane, _ in data if starts - on < near}
        lane = next((lane for lane in range(LANES) if lane not in taken), 0)
        data.append((starts, label(one), lane, one[1].details.change))
    return pd.DataFrame(data, columns="on label lane change".split())


def limits(line: MeasureLine, found: PChart) -> pd.DataFrame:
    """A row a value of a measure that is counted, in per cent."""
    data = [
        (value.on, float(point.share * 100), frames.told(value, line), point.low * 100, point.high * 100, point.outside)
        for value, point in zip(line.values, found.points, strict=True)
    ]
    frame = pd.DataFrame(data, columns="on drawn words low high outside".split())
    return frame.assign(center=float(found.center * 100))


def parts(found: Difference) -> dict[str, Fraction]:
    """The parts of a difference in hundredths of a level, cut so that before and after are too, and all adds up."""
    steps = {
        "before": found.before,
        "practice": found.practice,
        "rater": found.rater,
        "edition": found.edition,
        "not applicable": found.not_applicable,
        "not rated": found.not_rated,
    }
    reached, done, told = Fraction(), Fraction(), {}
    for name, step in steps.items():
        reached += step
        told[name] = Fraction(int(reached * 100), 100) - done
        done += told[name]
    return told | {"after": done, "whole": done - told["before"]}
