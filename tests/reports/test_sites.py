"""Sites side by side on paper and drawn: what is said, that it is what is seen, and that order tells of no score."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from assessments.rules.cohorts import Counted
from assessments.rules.shared_sites import Period, SharedSite
from assessments.rules.side_by_side import Summary, side_by_side
from assessments.rules.since_last import Cycle, since_last
from assessments.use_cases.sites_beside import SitesBeside
from reports import charts_sites, sites
from reports.sites import Told
from reports.sites_workbook import sites_workbook
from tests.reports.test_charts import NASTY, named, sent
from tests.rules.build import checklist
from tests.rules.shared import YEAR, site

MADE = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
CHECKLIST = checklist({"ORG": 4})
FORMULA = "=1+1"


def ours(one: SharedSite) -> SharedSite:
    """With the ids of the checklist."""
    names = [indicator.id for indicator in CHECKLIST.indicators]
    return replace(one, indicators=dict(zip(names, one.indicators.values(), strict=True)))


OWN = replace(ours(site("own", "2 1 ? NA", "blinded", own=True)), name=f"{FORMULA} own")
OTHERS = [
    replace(ours(site("B", "4 1 0 3")), name=NASTY),
    *(ours(site(name, levels, "blinded")) for name, levels in (("X", "0 0 - 1"), ("Y", "1 0 1 1"))),
    *(ours(site(name, "1 1 3 0")) for name in "CD"),
]


def told(asking: SharedSite = OWN, others: list[SharedSite] = OTHERS, **changed: Any) -> Told:
    found = side_by_side(asking, others)
    fields: dict[str, Any] = {"checklist": CHECKLIST, "period": YEAR, "how": asking.how, "found": found}
    fields |= {"class_of": {}, "left_out": {}} | changed
    return Told(SitesBeside(**fields), "Riverbend", "Plains", "Main Street", MADE, leads=False)


def test_dots_are_the_sites_in_the_order_of_their_names() -> None:
    (row,) = told().found.found.domains
    frame = sites.dots(row)
    assert [title for title, own in zip(frame["title"], frame["own"], strict=True) if own] == [f"{FORMULA} own (yours)"]
    assert list(frame["title"]) == sorted(frame["title"], key=str.casefold)
    spec = charts_sites.dots(frame, float(row.target), row.summary).to_dict()
    rows = next(rows for rows in spec["datasets"].values() if "score" in rows[0])
    assert [one["score"] for one in rows] == [pytest.approx(float(v)) for v in frame["score"]]
    assert '"test": "datum.own", "value": "diamond"' in json.dumps(spec)
    assert set(named(spec, "range")) <= {"category", "ramp"} and not set(named(spec, "color", "fill", "stroke"))
    assert not any(NASTY in text for text in named(spec, "filter", "calculate", "expr", "labelExpr", "test", "as"))


def test_the_median_is_drawn_where_there_is_one() -> None:
    frame = sites.dots(told().found.found.domains[0])
    drawn = json.dumps(charts_sites.dots(frame, 3.0, Summary(Fraction(1), Fraction(3, 2), Fraction(2), 6)).to_dict())
    assert "Median 1.5" in drawn and "Target 3.0" in drawn
    assert "Median" not in json.dumps(charts_sites.dots(frame, 3.0, None).to_dict())


def test_a_map_tells_a_level_from_what_has_none() -> None:
    (strip,) = sites.in_strips(CHECKLIST, "ORG")
    frame = sites.cells(told().found, strip)
    mine = frame[frame["own"]]
    assert list(mine["sign"]) == ["2", "1", "?", "n/a"]
    rows = sent(charts_sites.levels(frame).to_dict())
    assert [row["level"] for row in rows if row["own"]] == [2, 1, None, None]
    grid = sites.grid(told().found, strip)
    assert list(grid.columns) == ["Site", *(one.id for one in strip)] and len(grid) == 6


def test_slopes_are_of_the_same_sites() -> None:
    last = Period(YEAR.first.replace(year=2025), YEAR.last.replace(year=2025))
    early = [replace(one, period=last, submission=f"early {one.submission}") for one in (OWN, *OTHERS)]
    rows = since_last(Cycle(CHECKLIST, early[0], early[1:]), Cycle(CHECKLIST, OWN, OTHERS))
    frame = sites.slopes(rows[0])
    assert len(frame) == 6 and list(frame["before"]) == list(frame["after"])
    assert len(sent(charts_sites.slopes(frame).to_dict())) == 6


def test_what_is_counted_together_has_a_line_of_its_own() -> None:
    hidden = [ours(site(name, "4 4 4 4", "aggregate")) for name in "PQRST"]
    cohort = frozenset(Counted(one.agency, one.submission, one.site) for one in hidden)
    plain = told()
    found = side_by_side(OWN, [*OTHERS, *hidden], [cohort])
    both = replace(plain, found=replace(plain.found, found=found))
    leaf = load_workbook(io.BytesIO(sites_workbook(replace(both, leads=True))))["Medians of domains"]
    lines = [[cell.value for cell in row][1:] for row in leaf.iter_rows()][-2:]
    assert [line[0] for line in lines] == ["stand here", "are counted together"]
    assert [line[1:5] for line in lines] == [[None] * 4, [4, 4, 4, 5]], "of those seen too few are complete"
    (row,) = found.domains
    assert sites.together(row, leads=True) == "Counted together: 4.0, middle half 4.0 to 4.0, of 5 sites"
    assert sites.together(row, leads=False).endswith("of 5 sites, not yours")
    assert sites.drawn(None, row.counted) == row.counted
    seen = Summary(Fraction(1), Fraction(1), Fraction(1), 6)
    assert sites.drawn(seen, row.counted) == seen


def test_the_workbook_holds_what_is_seen_and_text_is_text() -> None:
    hidden = [ours(site(name, "4 4 4 4", "aggregate")) for name in ("P", "Q")]
    content = sites_workbook(told(others=[*OTHERS, *hidden]))
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = {str(cell.value) for cell in cells}
    assert {NASTY, "L-X", "L-Y", "L-own"} <= said
    assert not any("(yours)" in text or f"{FORMULA} own" in text for text in said), "its letters are not told"
    named = load_workbook(io.BytesIO(sites_workbook(told(replace(OWN, how="named")))))
    plain = [cell for sheet in named for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert f"{FORMULA} own (yours)" in {str(cell.value) for cell in plain}
    assert all(cell.data_type != "f" for cell in plain)
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(name in text for text in said for name in ("L-P", "Name P", "L-Q", "Name Q", "agency-of", "site-of"))
    seen = sites_workbook(told(others=[*OTHERS, *(replace(one, how="named") for one in hidden)]))
    assert any(
        cell.value == "Name P" for sheet in load_workbook(io.BytesIO(seen)) for row in sheet.iter_rows() for cell in row
    ), "the control: shared by name, it is there"
