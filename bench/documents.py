"""The full report as a Word document, against drawing its charts alone."""

from assessments.use_cases import agencies, measures, priorities
from assessments.use_cases.effects import proof_of_effect
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.plans import MeasureDetails, Value, plan
from assessments.use_cases.targets import target_report
from bench.figures import Figure, ratio
from bench.workbooks import in_turns, rated
from reports import pictures
from reports.full_report import full_report
from reports.paper import Paper
from reports.telling import Told
from reports.word import word
from tests.use_cases.cast import NOW, House

DAYS = range(1, 13)
"""Of a month, on which a measure of the plan was taken."""


def measure() -> list[Figure]:
    with rated() as house:
        _planned(house)
        return [_report(house)]


def _report(house: House) -> Figure:
    """Both draw all the charts of the report in a child process of their own, and so with its start."""
    report, plans = house.read(gap_report, house.assessment), house.read(plan, house.assessment)
    agency, aims = house.read(agencies.agency_settings), house.read(target_report, house.assessment)
    proof = house.read(proof_of_effect, house.assessment)

    def told() -> Paper:
        return full_report(Told(report, plans, agency, NOW, aims, proof))

    def written() -> bytes:
        paper = told()
        return word(paper, pictures.drawn(paper.pictures))

    charts = told().pictures
    ours, bare = in_turns(written, lambda: pictures.drawn(charts))
    return ratio(f"the full report / its {len(charts)} charts alone", ours, bare, 2.0)


def _planned(house: House) -> None:
    """The most pressing gap is worked on, with a measure."""
    first = house.read(gap_report, house.assessment).gaps[0]
    chosen = house.write(priorities.choose_priority, house.assessment, first.indicator, "It comes first.")
    taken = house.write(measures.add_measure, chosen, MeasureDetails("Callers asked"))
    for day in DAYS:
        house.write(measures.write_value, taken, Value(NOW.date().replace(day=day), float(day), 20))
