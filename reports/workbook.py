"""An assessment as a workbook: what it says, what that rests on, and by what anyone can check it. Made for printing."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList

from assessments.rules.bands import CONVENTION
from assessments.rules.scoring import Figures, mean_target, standings
from assessments.store.tables import Agency
from assessments.use_cases.consensus import Comparison
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans_beside import PlansBeside
from assessments.use_cases.staff_beside import StaffBeside
from reports import frames, words
from reports.workbook_cells import Book, Column, Value
from reports.workbook_plans import plans
from reports.workbook_raters import raters
from reports.workbook_sheets import Told, checklist, gaps, levels, ratings
from reports.workbook_staff import staff

FIVE = (
    "The columns “1 to 5” are the level plus one, so that it can be laid beside scales that run from 1 to 5, as those "
    "of the DDCAT family do. They are not DDCAT ratings: those ask other things in other words, so a 4 here and a 4 "
    "there do not mean the same."
)
NONE_YET = "none yet"
SUMMARY = (10, 38, 10, 10, 10, 10, 10, 11, 12, 11, 11, 18)
DOMAINS = (
    "Domain",
    "Title",
    "Score",
    "Lowest",
    "Highest",
    "Target",
    "Rated",
    "That apply",
    "Not applicable",
    "Cannot judge",
    "Not rated yet",
    "Level shown",
)
BARS = ("2F6F8F", "D9A441")
CHART_WIDTH = 28  # centimeters

Means = list[tuple[str, str, float | None, float | None]]
"""Domain, title, score and target, of those that hold anything scored."""


def assessment_workbook(
    report: GapReport,
    agency: Agency,
    made: datetime,
    compared: Comparison | None = None,
    beside: Sequence[StaffBeside] = (),
    records: Sequence[PlansBeside] = (),
) -> bytes:
    """`compared`: what the raters gave, once that can be seen; `beside`: what the site counts of its staff,
    and `records` what was read in them.
    """
    listed = report.listed
    book, told = Book(f"{listed.site}, {listed.cycle}: {listed.name}"), Told(report, agency)
    means = _means(told)
    _summary(book, told, means)
    ratings(book, told)
    if compared:
        raters(book, told, compared)
    gaps(book, told)
    for number, found in enumerate(beside, start=1):
        staff(book, told, found, number)
    for number, read in enumerate(records, start=1):
        plans(book, told, read, number)
    for sheet in (checklist, levels):
        sheet(book, told)
    _receipt(book, told, made)
    _bars(book, means)
    return book.content()


def _summary(book: Book, told: Told, means: Means) -> None:
    leaf, report = book.page("Summary", SUMMARY), told.report
    leaf.row([report.listed.name], "title")
    for name, value in _cover(told):
        leaf.across([name, None, value], ("label", "label", "faint"))
    leaf.row([])
    leaf.row(DOMAINS, "head")
    targets = {domain: target for domain, _, _, target in means}
    for domain in report.checklist.domains:
        figures = report.score.domains[domain.id]
        leaf.row(_line(domain.id, told.say(domain.title), figures, targets.get(domain.id)))
    leaf.row(_line("All", "The whole: the mean of the domains", report.score.whole, None), "strong")
    leaf.row([])
    for remark in _remarks(report):
        leaf.across([remark])
    leaf.sheet.add_chart(_chart(len(targets)), f"A{leaf.height + 2}")


def _cover(told: Told) -> Iterator[tuple[str, Value]]:
    listed, row = told.report.listed, told.report.assessment
    yield "Agency", told.agency.name
    yield "Site and cycle", f"{listed.site}, {listed.cycle}"
    yield "Checklist", f"{listed.checklist}, edition {listed.edition}"
    yield "Status", f"{words.STATUSES[row.status]} {told.moment(row.submitted_at)}".strip()
    yield "Who rated", row.raters or "Not said"
    yield "Hours spent", "Not said" if row.hours is None else row.hours
    yield "What it rests on", row.rests_on or "Not said"


def _line(name: str, title: str, figures: Figures, target: float | None) -> list[Value]:
    """A score that is not there is said to be so: it is not 0."""
    means = (figures.mean, figures.low, figures.high)
    return [
        name,
        title,
        *(NONE_YET if value is None else frames.tenths(value) for value in means),
        target,
        figures.rated,
        figures.applicable,
        figures.not_applicable,
        figures.cannot_judge,
        figures.unrated,
        figures.shown_band or "None: too little rated",
    ]


def _remarks(report: GapReport) -> Iterator[str]:
    whole = report.score.whole
    if report.assessment.status != "submitted":
        yield f"This assessment is not submitted: every figure changes with {words.changes_with(report.checklist)}."
    if whole.caps:
        yield f"Not above Partial: {words.caps(report.checklist, whole, report.conditions)}. The mean stays as it is."
    yield CONVENTION
    yield words.limits(report.checklist)


def _bars(book: Book, means: Means) -> None:
    """What the chart draws; a domain without a score has no bar, and none with a score of 0 looks like it."""
    leaf = book.leaf("Chart", [Column("Domain", 10), Column("Score", 10), Column("Target", 10)], hidden=True)
    for domain, title, score, target in means:
        leaf.row([f"{domain} {title}", score, target])


def _means(told: Told) -> Means:
    report = told.report
    rows = standings(report.checklist, report.ratings, report.conditions)
    return [
        (
            domain.id,
            told.say(domain.title),
            frames.tenths(report.score.domains[domain.id].mean),
            frames.tenths(mean_target(rows[domain.id])),
        )
        for domain in report.checklist.domains
        if report.score.domains[domain.id].total
    ]


def _chart(domains: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "bar", 60, -5
    chart.title = "Score of each domain against its target"
    chart.width, chart.height = CHART_WIDTH, 4 + 1.6 * domains
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 4, 1
    chart.y_axis.number_format, chart.y_axis.delete, chart.x_axis.delete = "0", False, False
    chart.y_axis.crosses = "max"
    chart.x_axis.scaling.orientation = "maxMin"  # the first domain on top
    chart.legend.position = "b"
    chart.add_data(Reference(range_string=f"Chart!$B$1:$C${domains + 1}"), titles_from_data=True)
    chart.set_categories(Reference(range_string=f"Chart!$A$2:$A${domains + 1}"))
    for series, color in zip(chart.series, BARS, strict=True):
        series.graphicalProperties.solidFill = color
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    return chart


def _receipt(book: Book, told: Told, made: datetime) -> None:
    leaf, report = book.page("Receipt", (34, 100)), told.report
    receipt, row = report.receipt, report.assessment
    leaf.row(["Receipt"], "title")
    lines: list[tuple[str, Value]] = [
        ("Receipt", receipt.short()),
        ("Checklist and edition", f"{receipt.checklist} {receipt.edition}"),
        ("Hash of the edition", receipt.edition_hash),
        ("Hash of the ratings", receipt.ratings_hash),
        ("Engine", receipt.engine),
        ("Mean, as a fraction", receipt.mean or NONE_YET),
        ("Rated, of those that apply", f"{receipt.rated} of {receipt.applicable}"),
        ("Newest link of the audit trail", row.audit_link or "Not submitted, so it can still change"),
        ("Assessment", row.id),
        ("This workbook was made", told.moment(made)),
        ("What the receipt is for", RECEIPT),
        ("Levels as 1 to 5", FIVE),
        ("Limits", words.limits(report.checklist)),
    ]
    leaf.rows(lines)


RECEIPT = (
    "Whoever has the same ratings and the same edition gets the same hashes and the same score. The newest link, given "
    "to the page “Audit trail”, must be in the chain; if it is not, entries were cut off after this was printed."
)
