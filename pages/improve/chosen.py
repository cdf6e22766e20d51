"""A priority in words: what it is, and why it was chosen, by whom and when."""

from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.priorities import Chosen
from pages.insight import said
from pages.shared import house, words


def headline(report: GapReport, chosen: Chosen) -> str:
    return f"**{words.plain(chosen.indicator)}** {said.text(report, chosen.indicator)}"


def why(chosen: Chosen) -> str:
    day = words.day(house.local(chosen.chosen_at).date())
    return f"Why: {words.plain(chosen.because)}  \nChosen by {words.plain(chosen.chosen_by)} on {day}"
