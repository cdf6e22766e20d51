"""An indicator and its rating in words, ready for a place that reads Markdown."""

from collections.abc import Sequence

from assessments.rules.ratings import Rated, State, strength
from assessments.rules.rolled_up import counted_of
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import Row
from assessments.use_cases.staff_counts import TOO_FEW
from assessments.use_cases.targets import TargetLine
from pages.shared import house, words
from reports.counted import share


def text(report: GapReport, indicator: str) -> str:
    return own(report.checklist.indicator[indicator].text)


def own(written: str) -> str:
    """A checklist's text in the agency's terms, escaped: agencies load checklists of their own."""
    return words.plain(words.in_terms(written, house.agency()))


def level(report: GapReport, indicator: str) -> str:
    """The level with its name, or the state; on a ladder of counts with the counts and what they leave possible."""
    rated, ladder = report.row(indicator).rated, report.checklist.ladder_of[indicator]
    if rated.level is None:
        return why(report, indicator) or f"**{words.STATES[rated.state]}**"
    named = f"**Level {rated.level}, {own(ladder.level(rated.level).name)}**"
    counted = counts(report, indicator, rated)
    return f"{named} ({counted})" if counted else named


def counts(report: GapReport, indicator: str, rated: Rated) -> str:
    counted = report.checklist.indicator[indicator].counts
    if rated.met is None or rated.of is None:
        return ""
    what = f"{own(counted.of)}: " if counted else ""
    return what + share(report.row(indicator), counted_of(report.checklist))


def why(report: GapReport, indicator: str) -> str:
    """Of a competency that was counted and has no share: which of the reasons it was."""
    row = report.row(indicator)
    counted = counted_of(report.checklist) == "staff" and row.rated.state is State.CANNOT_JUDGE
    return f"**Not shown:** {words.plain(row.note[:1].lower() + row.note[1:].removesuffix('.'))}" if counted else ""


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
