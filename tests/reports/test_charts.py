import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings

from assessments.rules.change import side_by_side
from assessments.rules.run_chart import PChart, p_chart
from reports import charts, charts_gaps, frames, over_time
from tests.reports.build import NAMES, SIGNS, report_of
from tests.reports.lines import begun_in, measure
from tests.rules.build import checklist, ratings
from tests.rules.strategies import Case, cases

fast = settings(max_examples=12, deadline=None)
NASTY = "Site: a.b\\c['x'] ![](http://host/p.png)"
OURS = {
    *("domain", "title", "score", "low", "high", "target", "complete", "before", "after"),
    *("indicator", "strip", "column", "tail", "sign", "words", "level", "filled", "hollow", "ink"),
    *("on", "drawn", "median", "in_run", "low", "high", "center", "outside", "label", "lane", "change"),
}


def named(spec: Any, *keys: str) -> Iterator[str]:
    """Every value under one of the keys, wherever it stands; the data themselves are left out."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in keys and isinstance(value, str):
                yield value
            elif key not in ("datasets", "data"):
                yield from named(value, *keys)
    elif isinstance(spec, list):
        for value in spec:
            yield from named(value, *keys)


def sent(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (rows,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    found: list[dict[str, Any]] = rows
    return found


def as_sent(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame[columns].to_json(orient="records"))
    return rows


@fast
@given(cases())
def test_a_domain_chart_holds_what_the_table_says_and_no_more(case: Case) -> None:
    frame = frames.domains(report_of(case), lambda text: f"{text} {NASTY}")
    if frame.empty:
        return
    spec = charts_gaps.domains(frame, choosing=True).whole()
    shown = ["domain", "title", "score", "low", "high", "target", "complete"]
    assert sent(spec) == as_sent(frame, shown)
    assert set(named(spec, "field")) <= OURS


@fast
@given(cases())
def test_a_strip_holds_what_the_table_says_and_no_more(case: Case) -> None:
    frame = frames.cells(report_of(case), NAMES, SIGNS)
    if frame.empty:
        return
    spec = charts_gaps.strip(frame, choosing=True).whole()
    shown = ["indicator", "strip", "column", "tail", "sign", "words", "level", "filled", "hollow"]
    assert sent(spec) == as_sent(frame, shown)
    assert set(named(spec, "field")) <= OURS


def test_no_expression_is_made_of_what_people_typed() -> None:
    made = checklist({"ORG": 3, "PAR": 2})
    frame = frames.domains(report_of((made, ratings({"ORG": "1 2 3"}))), lambda _: NASTY)
    spec = charts_gaps.domains(frame, choosing=True).whole()
    assert NASTY in {row["title"] for row in sent(spec)}, "else this test would prove nothing"
    assert not any(NASTY in text for text in named(spec, "filter", "calculate", "expr", "test", "as", "name"))


def test_what_is_kept_of_a_drawing_holds_nothing_that_people_typed() -> None:
    made = checklist({"ORG": 3, "PAR": 2})
    report = report_of((made, ratings({"ORG": "1 2 3"})))
    drawings = [
        charts_gaps.domains(frames.domains(report, lambda _: NASTY)),
        charts_gaps.strip(frames.cells(report, dict.fromkeys(NAMES, NASTY), SIGNS)),
    ]
    for drawing in drawings:
        assert "http://host" in json.dumps(drawing.whole()), "else this test would prove nothing"
        assert not set(drawing.spec) & {"data", "datasets"} and "http://host" not in json.dumps(drawing.spec)


def test_another_round_of_the_same_shape_is_drawn_with_its_own_rows() -> None:
    made = checklist({"ORG": 3, "PAR": 2})
    reports = [report_of((made, ratings({"ORG": levels}))) for levels in ("1 2 3", "4 4 ?")]
    first, second = (charts_gaps.strip(frames.cells(report, NAMES, SIGNS)) for report in reports)
    assert first.spec is second.spec, "it is put together once"
    assert [row["level"] for row in sent(first.whole())[:3]] == [1, 2, 3]
    assert [row["level"] for row in sent(second.whole())[:3]] == [4, 4, None]
    fewer = charts_gaps.strip(frames.cells(report_of((checklist({"ORG": 3}), ratings({}))), NAMES, SIGNS))
    assert fewer.spec != first.spec


def test_a_drawing_is_the_same_in_whatever_theme_altair_is_when_it_is_put_together() -> None:
    """Streamlit changes the theme of all threads for as long as it draws a chart of its own."""
    frame = frames.domains(report_of((checklist({"ORG": 3, "PAR": 2}), ratings({"ORG": "1 2 3"}))))
    specs = []
    for theme in ("none", "default"):
        charts_gaps._domains.cache_clear()
        with alt.theme.enable(theme):
            specs.append(charts_gaps.domains(frame).spec)
    assert specs[0] is not specs[1] and unnamed(specs[0]) == unnamed(specs[1])
    with alt.theme.enable("none"):
        bare = charts.sides(frame.assign(before=1, after=2)).to_dict()
    with alt.theme.enable("default"):
        assert charts.sides(frame.assign(before=1, after=2)).to_dict()["config"] != bare["config"], "control"


def unnamed(spec: dict[str, Any]) -> str:
    """Views are numbered over all charts of a process."""
    return re.sub(r"view_\w+", "view", json.dumps(spec))


def test_two_sides_hold_what_the_table_says() -> None:
    made = checklist({"ORG": 2, "PAR": 1})
    change = side_by_side((made, ratings({"ORG": "1 2", "PAR": "0"})), (made, ratings({"ORG": "3 2", "PAR": "4"})))
    frame = frames.sides(change, made)
    spec = charts.sides(frame).to_dict()
    assert sent(spec) == as_sent(frame, ["domain", "title", "before", "after"])
    assert set(named(spec, "field")) <= OURS


def test_a_run_chart_holds_its_values_median_and_tests_of_change_and_no_more() -> None:
    line = measure([3, 5, 4])
    frame, changes = (
        frames.measured(line),
        over_time.changes(over_time.begun(begun_in(0, 1), line.values)[0], line.values),
    )
    spec = charts.measured(frame, changes).to_dict()
    by_columns = {tuple(sorted(rows[0])): rows for rows in spec["datasets"].values()}
    values = by_columns["drawn", "in_run", "median", "on", "words"]
    assert [row["drawn"] for row in values] == [3, 5, 4] and {row["median"] for row in values} == {4}
    marks = by_columns["change", "label", "lane", "on"]
    assert [(row["label"], row["on"]) for row in marks] == [
        ("Test 1", "2026-05-04T00:00:00"),
        ("Test 2", "2026-05-11T00:00:00"),
    ]
    assert set(named(spec, "field")) <= OURS
    assert {"rule", "text"} <= set(named(spec, "type")), "the days of the tests are drawn and labeled"
    assert not any(NASTY in text for text in named(spec, "filter", "calculate", "expr", "labelExpr", "test", "as"))
    assert len(charts.measured(frame, changes[:0]).to_dict()["layer"]) == 3, "the median, the line and its dots"


def test_a_long_run_and_what_lies_outside_are_told_by_shape() -> None:
    line = measure([9] * 4 + [1] * 8 + [9] * 4)
    marked = frames.measured(line)
    assert list(marked["in_run"]) == [False] * 4 + [True] * 8 + [False] * 4
    assert '"test": "datum.in_run", "value": "square"' in json.dumps(charts.measured(marked).to_dict())
    counted = measure([(15, 30)] * 11 + [(29, 30)])
    found = p_chart(counted.counts)
    assert isinstance(found, PChart)
    limits = over_time.limits(counted, found)
    spec = charts.limits(limits).to_dict()
    assert [row["outside"] for row in sent(spec)] == [False] * 11 + [True]
    assert '"test": "datum.outside", "value": "square"' in json.dumps(spec)
    assert set(named(spec, "field")) <= OURS


def test_colors_come_from_the_theme() -> None:
    """Only black and white upon a cell are ours: which of them is read better follows from the theme's own color."""
    made = checklist({"ORG": 3})
    report = report_of((made, ratings({"ORG": "1 ? 3"})))
    line = measure([3, 5, 4])
    changes = over_time.changes(over_time.begun(begun_in(1), line.values)[0], line.values)
    for spec in (
        charts_gaps.domains(frames.domains(report)).spec,
        charts_gaps.strip(frames.cells(report, NAMES, SIGNS)).spec,
        charts.measured(frames.measured(line), changes).to_dict(),
    ):
        assert set(named(spec, "range")) <= {"category", "ramp"}
        assert set(named(spec, "color", "fill", "stroke")) <= {"transparent"}
        values = {value for value in named(spec, "value") if value.startswith("#")}
        assert values <= {charts.ON_FAINT, charts.ON_STRONG}


def test_five_levels_have_five_colors_of_the_ramp() -> None:
    places = [charts.RAMP.to_dict()["domain"].index(level) for level in charts.LEVELS]
    assert places == sorted(set(places)) and places[-1] == 9


@pytest.mark.parametrize("levels", ["- -", "? NA"])
def test_a_chart_without_any_score_is_still_one(levels: str) -> None:
    frame = frames.domains(report_of((checklist({"ORG": 2}), ratings({"ORG": levels}))))
    assert sent(charts_gaps.domains(frame).whole())[0]["score"] is None
