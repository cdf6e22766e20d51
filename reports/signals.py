"""The values of a measure in words: their median, and whether they move more than chance alone would move them."""

from collections.abc import Iterator
from fractions import Fraction

from assessments.rules.run_chart import Run, RunChart, Signals
from assessments.use_cases.plans import MeasureLine
from reports import frames, paper, words
from reports.paper import Text, strong, text

LIKELY = "Something other than chance is likely at work. The line does not say what: look at what happened then."
CONVENTION = "Now and then chance alone gives a signal too; where the limits lie is a convention."
NO_SIGNAL = text(
    strong("No signal:"),
    " the values vary about the median as chance alone would have them vary. A change may still be on its way, too "
    "small or too new to show.",
)


def told(line: MeasureLine, found: RunChart) -> tuple[Text, ...]:
    """Sentence by sentence: the median, and the two signals or why there are none."""
    middle = text("Median: ", paper.Run(median(line, found), strong=True, typed=True), ".")
    if found.signals is None:
        return (text(*middle, f" {found.why_not} So this is the line with its median, and no more is read into it."),)
    signals = tuple(_signals(line, found, found.signals))
    return (middle, *signals, text(f"{LIKELY} {CONVENTION}")) if signals else (middle, NO_SIGNAL)


def median(line: MeasureLine, found: RunChart) -> str:
    middle = found.median or Fraction()
    if line.counted:
        return words.percent(middle)
    return f"{float(middle):g} {line.details.unit}".strip()


def _signals(line: MeasureLine, found: RunChart, limits: Signals) -> Iterator[Text]:
    if limits.long_run:
        runs = "; ".join(_run(line, run) for run in frames.long_runs(line, found))
        yield text(
            strong("Signal, a long run:"),
            f" {runs}. Of {limits.useful} values off the median, chance alone would seldom put more than "
            f"{limits.run_limit} in a row on one side.",
        )
    if limits.few_crossings:
        yield text(
            strong("Signal, few crossings:"),
            f" the line {_crosses(limits.crossings)}. With {limits.useful} values off it, chance alone would seldom "
            f"make that fewer than {limits.crossings_limit}.",
        )


def _run(line: MeasureLine, run: Run) -> str:
    side = "above" if run.above else "below"
    better = "better" if run.above == (line.details.better == "up") else "worse"
    first, last = (words.day(line.values[place].on) for place in (run.points[0], run.points[-1]))
    return f"{run.length} values in a row {side} the median, the {better} side here, from {first} to {last}"


def _crosses(times: int) -> str:
    said = ("never crosses the median", "crosses the median once", "crosses the median twice")
    return said[times] if times < len(said) else f"crosses the median {times} times"
