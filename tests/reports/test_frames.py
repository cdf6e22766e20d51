from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings

from assessments.rules.bands import cut
from assessments.rules.change import side_by_side
from assessments.rules.ratings import State
from assessments.rules.scoring import standings
from assessments.use_cases.plans import MeasureDetails, MeasureLine, Value
from reports import charts, frames
from tests.reports.build import NAMES, SIGNS, report_of
from tests.rules.build import BLOCK_GRANT, DUTY, checklist, counted, rated, ratings
from tests.rules.strategies import Case, cases

fast = settings(max_examples=25, deadline=None)
DOMAINS = ["domain", "title", "score", "low", "high", "target", "rated", "applicable", "complete"]
CELLS = ["indicator", "domain", "strip", "column", "tail", "sign", "words", "level", "filled", "hollow"]


def cells(case: Case) -> pd.DataFrame:
    return frames.cells(report_of(case), NAMES, SIGNS)


@fast
@given(cases())
def test_columns_are_ours_whatever_people_typed(case: Case) -> None:
    report = report_of(case)
    assert list(frames.domains(report, lambda text: f"{text}: a.b\\c[0]")) == DOMAINS
    assert list(cells(case)) == CELLS


@fast
@given(cases())
def test_a_mean_stands_where_it_is_printed(case: Case) -> None:
    report = report_of(case)
    frame = frames.domains(report)
    for row in frame.to_dict("records"):
        mean = report.score.domains[row["domain"]].mean
        assert pd.isna(row["score"]) if mean is None else f"{row['score']:.1f}" == cut(mean)


@fast
@given(cases(most=20))
def test_every_scored_indicator_has_a_place_of_its_own(case: Case) -> None:
    frame = cells(case)
    scored = [row.indicator.id for rows in standings(*case, BLOCK_GRANT).values() for row in rows]
    assert list(frame["indicator"]) == scored
    assert not frame.duplicated(["strip", "column"]).any()
    assert frame["column"].between(1, frames.COLUMNS).all()


@fast
@given(cases())
def test_a_cell_is_filled_hollow_or_without_a_level_and_never_two_of_these(case: Case) -> None:
    frame = cells(case)
    assert (frame["filled"].astype(int) + frame["hollow"].astype(int) + frame["level"].isna().astype(int) == 1).all()


def test_the_four_states_have_signs_of_their_own() -> None:
    frame = cells((checklist({"ORG": 5}), ratings({"ORG": "- NA ? 0 3"})))
    assert list(frame["sign"]) == ["·", "n/a", "?", "0", "3"]
    assert list(frame["words"])[:3] == [NAMES[State.UNRATED], NAMES[State.NOT_APPLICABLE], NAMES[State.CANNOT_JUDGE]]


def test_a_duty_that_is_not_met_is_marked_and_one_that_is_met_is_not() -> None:
    made = checklist({"ORG": 2}, {"ORG-1": {"duty": DUTY}, "ORG-2": {"duty": DUTY}})
    frame = cells((made, {"ORG-1": rated(1, evidence=("record",)), "ORG-2": rated(3, evidence=("record",))}))
    assert list(frame["sign"]) == ["1!", "3"]
    assert "duty not met" in frame["words"][0]


def test_counts_stand_beside_their_level() -> None:
    made = checklist({"ORG": 1}, {"ORG-1": {"ladder": "share"}})
    assert cells((made, {"ORG-1": counted(2, 6)}))["words"][0] == "1 L1 (2 of 6), unsupported"


def test_a_long_domain_goes_on_in_a_second_strip() -> None:
    frame = cells((checklist({"ORG": 20}), {}))
    assert list(dict.fromkeys(frame["strip"])) == ["ORG 1-16", "ORG 17-20"]


def test_the_target_of_a_domain_is_the_mean_of_its_targets() -> None:
    made = checklist({"ORG": 4}, {"ORG-1": {"duty": DUTY}})
    report = report_of((made, ratings({"ORG": "3 3 NA 3"})))
    assert frames.domains(report)["target"][0] == pytest.approx(3.3)


def test_a_domain_of_context_alone_is_not_drawn() -> None:
    made = checklist({"ORG": 1, "CTX": 1}, {"CTX-1": {"scored": False}})
    assert list(frames.domains(report_of((made, ratings({"ORG": "3", "CTX": "2"}))))["domain"]) == ["ORG"]


def test_only_the_domains_wanted_are_kept() -> None:
    frame = cells((checklist({"ORG": 2, "PAR": 3}), {}))
    assert set(frames.of_domains(frame, ["PAR"])["domain"]) == {"PAR"}
    assert len(frames.of_domains(frame, [])) == 5


def test_sides_hold_common_indicators_only() -> None:
    made = checklist({"ORG": 3, "PAR": 1})
    change = side_by_side((made, ratings({"ORG": "1 2 4"})), (made, ratings({"ORG": "3 2 -", "PAR": "4"})))
    assert frames.sides(change, made).to_dict("records") == [
        {"domain": "ORG", "title": "Title of ORG", "before": 1.5, "after": 2.5, "common": 2}
    ]


def test_counts_are_drawn_in_per_cent_only_where_all_values_are_counts() -> None:
    day = date(2026, 5, 4)
    counts = (Value(day, 3, 4), Value(day + timedelta(days=7), 9, 10, "after the form"))
    line = MeasureLine("m", 1, MeasureDetails("Asked at intake", "women"), counts)
    found = frames.measured(line)
    assert list(found["drawn"]) == [75, 90]
    assert list(found["words"]) == ["3 of 4", "9 of 10"]
    mixed = frames.measured(replace(line, values=(*counts, Value(day + timedelta(days=14), 12.5))))
    assert list(mixed["drawn"]) == [3, 9, 12.5]
    assert list(mixed["words"])[-1] == "12.5 women"
    assert charts.measured(found).to_dict()
