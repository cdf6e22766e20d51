"""What a report tells beside the ratings: targets, raters who did not see each other, and what became of the plan."""

from dataclasses import replace
from datetime import date

from assessments.rules.blindness import RaterKind
from assessments.rules.effect import effects
from assessments.rules.ratings import Ratings
from assessments.rules.scoring import standings
from assessments.rules.spread import rows
from assessments.rules.targets import Aim, reach
from assessments.store.tables import Agency
from assessments.use_cases.consensus import Comparison
from assessments.use_cases.effects import Looked, Proof
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import Plan
from assessments.use_cases.raters import Rater
from assessments.use_cases.sheets import EvidenceDetails, EvidenceLine
from assessments.use_cases.targets import TargetLine, TargetReport
from reports.telling import Told
from tests.reports.test_document import NOW
from tests.rules.build import rated

OLD = date(2026, 1, 15)


def whole(report: GapReport, plans: tuple[Plan, ...], agency: Agency, typed: str = "Typed") -> Told:
    """All that can be told; the same wherever a person can type."""
    first = report.gaps[0].indicator
    report = consensus(report, typed)
    aims = (Aim("indicator", first, 3, date(2026, 1, 2)), Aim("domain", report.gaps[0].domain, 3, date(2026, 12, 15)))
    return Told(
        report,
        plans,
        agency,
        NOW,
        targets(report, *aims, by=typed),
        proof(plans, report.ratings, {first: rated(3)}, typed=typed),
        (rater(f"{typed} one"), rater(f"{typed} two", "supervisor"), rater(typed, "client")),
        compared(report, typed),
    )


def consensus(report: GapReport, typed: str) -> GapReport:
    """Agreed on with a reason, on evidence with a file that went stale."""
    name = report.gaps[0].indicator
    line = EvidenceLine("e", 1, EvidenceDetails("agreement", typed, OLD, typed, 6), NOW, typed, typed, 9)
    row = replace(report.row(name), because=typed, evidence=(*report.row(name).evidence, line))
    return replace(report, rows={**report.rows, name: row})


def targets(report: GapReport, *aims: Aim, by: str = "Bea") -> TargetReport:
    stood = standings(report.checklist, report.ratings, report.conditions)
    lines = tuple(TargetLine(aim, 1, NOW, by) for aim in aims)
    return TargetReport(lines, report, {(aim.about, aim.about_id): reach(aim, stood) for aim in aims})


def proof(plans: tuple[Plan, ...], *cycles: Ratings, typed: str = "Typed", waiting: str = "") -> Proof:
    looked = tuple(Looked(str(number), typed, "1.0", typed, frozenset()) for number in range(len(cycles)))
    found = {plan.priority.id: effects([plan.priority.indicator], cycles) for plan in plans}
    return Proof(looked, waiting, found)


def rater(name: str, kind: RaterKind = "self") -> Rater:
    return Rater(name, name, kind, 6, NOW, NOW, mine=False, seen=True)


def compared(report: GapReport, typed: str) -> Comparison:
    """Two who differ on the first gap alone."""
    sheets = (report.ratings, {**report.ratings, report.gaps[0].indicator: rated(3)})
    return Comparison(
        report.checklist,
        (f"{typed} one", f"{typed} two"),
        rows(report.checklist, sheets, report.conditions),
        sheets,
    )
