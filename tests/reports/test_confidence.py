"""What the page on confidence draws and lists, from evidence as it is stored."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from assessments.rules.confidence import Carried
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import EvidenceDetails, EvidenceLine
from reports import charts, confidence
from tests.reports.build import THEN, report_of
from tests.rules import build

TODAY = date(2026, 11, 22)
OLD = date(2025, 1, 15)


def line(kind: str, as_of: date | None = None, months: int | None = None) -> EvidenceLine:
    details = EvidenceDetails(kind, "x", as_of, "", months)  # type: ignore[arg-type] # a kind that is known
    return EvidenceLine(f"{kind}-{as_of}", 1, details, THEN, "Ann")


def report(levels: dict[str, str], evidence: dict[str, list[EvidenceLine]]) -> GapReport:
    made = report_of(
        (build.checklist({name: len(said.split()) for name, said in levels.items()}), build.ratings(levels))
    )
    rows = {name: replace(row, evidence=tuple(evidence.get(name, ()))) for name, row in made.rows.items()}
    return replace(made, rows=rows)


@pytest.fixture
def mixed() -> GapReport:
    evidence = {
        "ORG-1": [line("document")],
        "ORG-2": [line("document", OLD, 12)],
        "PAR-1": [line("record"), line("document", OLD, 24)],
        "PAR-2": [line("staff-interview", date(2026, 10, 30), 1)],
    }
    return report({"ORG": "3 4 NA 2", "PAR": "4 1 -", "SUP": "- -"}, evidence)


def test_by_indicator_and_domain(mixed: GapReport) -> None:
    assert confidence.by_indicator(mixed, TODAY) == {"ORG-1": 2, "ORG-2": 1, "ORG-4": 0, "PAR-1": 4, "PAR-2": 1}
    frame = confidence.domains(mixed, TODAY)
    assert list(frame["domain"]) == ["ORG", "PAR"], "where nothing has a level there is nothing to draw"
    assert list(frame["score"]) == [3.0, 2.5]
    assert [f"{share:.0f}" for share in frame["share"]] == ["33", "50"]
    assert [tuple(row) for row in frame[[*"01234"]].to_numpy()] == [(1, 1, 1, 0, 0), (0, 1, 0, 0, 1)]
    assert confidence.whole(mixed, TODAY) == Carried((1, 2, 1, 0, 1))


def test_stale_evidence_never_changes_a_score(mixed: GapReport) -> None:
    fresh, late = (confidence.domains(mixed, today) for today in (OLD, date(2040, 1, 1)))
    assert list(fresh["score"]) == list(late["score"])
    assert list(fresh["supported"]) != list(late["supported"])


def test_what_is_scored_high_on_weak_or_stale_evidence(mixed: GapReport) -> None:
    assert confidence.first(mixed, TODAY) == ["ORG-2"]
    assert confidence.first(mixed, date(2027, 2, 1)) == ["ORG-2", "PAR-1"], "two years later that is stale too"
    assert confidence.first(mixed, OLD) == []


def test_what_is_to_be_looked_at_again(mixed: GapReport) -> None:
    found = confidence.reviews(mixed, TODAY)
    assert [(one.indicator, one.due, one.stale) for one in found] == [
        ("ORG-2", date(2026, 1, 15), True),
        ("PAR-2", date(2026, 11, 30), False),
        ("PAR-1", date(2027, 1, 15), False),
    ]
    assert confidence.has_reviews(mixed)
    assert not confidence.has_reviews(report({"ORG": "3"}, {"ORG-1": [line("document", OLD)]}))


def test_in_words() -> None:
    details = line("document", OLD, 12).details
    assert confidence.look_again(details, OLD) == "look again by January 15, 2026"
    assert confidence.look_again(details, TODAY) == "**stale since January 15, 2026**"
    assert confidence.look_again(replace(details, review_months=None), TODAY) == ""


def test_no_label_covers_another_though_points_lie_on_one_another() -> None:
    same = report(dict.fromkeys(("AAA", "BBB", "CCC", "DDD"), "3 3"), {})
    told = sorted(confidence.domains(same, TODAY)["told"])
    assert all(after - before >= confidence.APART - 1e-9 for before, after in pairwise(told))


def test_the_chart_is_drawn_from_it(mixed: GapReport) -> None:
    drawn = charts.confidence(confidence.domains(mixed, TODAY)).to_dict()
    points, *labels = drawn["layer"]
    assert points["mark"]["type"] == "point"
    assert {layer["encoding"]["text"]["field"] for layer in labels} == {"domain"}, "told apart by name, not by color"
    (rows,) = drawn["datasets"].values()
    assert [row["share"] for row in rows] == [pytest.approx(100 / 3), 50]


def test_with_nothing_rated_there_is_nothing() -> None:
    assert confidence.domains(report({"ORG": "- -"}, {}), TODAY).empty
