"""An indicator and its rating in words, ready for a place that reads Markdown; `asks` and `stands` for one of HTML."""

from collections.abc import Sequence

from assessments.rules.ratings import Rated, State, strength
from assessments.rules.rolled_up import counted_of
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import Row
from assessments.use_cases.staff_counts import TOO_FEW
from assessments.use_cases.targets import TargetLine
from pages.shared import house, words
from reports import paper
from reports.counted import share
from reports.paper import Run, Text, strong, typed


def text(report: GapReport, indicator: str) -> str:
    return words.plain(asks(report, indicator))


def own(written: str) -> str:
    """A checklist's text in the agency's terms, escaped: agencies load checklists of their own."""
    return words.plain(_in_terms(written))


def asks(report: GapReport, indicator: str) -> str:
    """As it is written, in the agency's terms."""
    return _in_terms(report.checklist.indicator[indicator].text)


def level(report: GapReport, indicator: str) -> str:
    return words.marked(stands(report, indicator))


def stands(report: GapReport, indicator: str) -> Text:
    """The level with its name, or the state; on a ladder of counts with the counts and what they leave possible."""
    rated, ladder = report.row(indicator).rated, report.checklist.ladder_of[indicator]
    if rated.level is None:
        return _why(report, indicator) or (strong(words.STATES[rated.state]),)
    named = f"Level {rated.level}, {_in_terms(ladder.level(rated.level).name)}"
    return Run(named, strong=True, typed=True), *_counts(report, indicator, rated)


def _counts(report: GapReport, indicator: str, rated: Rated) -> Text:
    counted = report.checklist.indicator[indicator].counts
    if rated.met is None or rated.of is None:
        return ()
    what = f"{_in_terms(counted.of)}: " if counted else ""
    return paper.text(" (", typed(what), share(report.row(indicator), counted_of(report.checklist)), ")")


def _why(report: GapReport, indicator: str) -> Text:
    """Of a competency that was counted and has no share: which of the reasons it was."""
    row = report.row(indicator)
    if counted_of(report.checklist) != "staff" or row.rated.state is not State.CANNOT_JUDGE:
        return ()
    return strong("Not shown:"), Run(" "), typed(row.note[:1].lower() + row.note[1:].removesuffix("."))


def can_be_rated(row: Row) -> bool:
    """A competency has no share because nobody, or too few, are rated."""
    return row.rated.state is State.CANNOT_JUDGE and row.note != TOO_FEW


def rate_staff(indicator: str) -> dict[str, str]:
    """The address at which all staff are rated on it."""
    return {"competency": indicator}


def evidence_strength(rated: Rated) -> str:
    return words.STRENGTHS[strength(rated.evidence)].lower()


def aimed(lines: Sequence[TargetLine], indicator: str) -> str:
    """What the team itself means to reach with an indicator; nothing where it has set no target for it."""
    here = [line.aim for line in lines if (line.aim.about, line.aim.about_id) == ("indicator", indicator)]
    return "".join(f" Your team aims at level {aim.level} by {words.day(aim.by)}." for aim in here)


def _in_terms(written: str) -> str:
    return words.in_terms(written, house.agency())
