"""The brief stands on one page, whatever people typed and however long a checklist is."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.store.tables import Agency
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import Plan
from reports import pictures
from reports.brief import ROOMS, brief
from reports.fitting import PAGE, breadth, clipped, height
from reports.paper import Listing, Paper, Table
from reports.telling import Told
from reports.word import word
from tests.reports.beside import whole
from tests.reports.build import report_of
from tests.reports.papers import charts_drawn_once, plan_of  # noqa: F401  # a fixture for all here
from tests.reports.test_document import AGENCY, NOW, small
from tests.rules.build import DUTY, checklist, rated

KINDS = ("W", "word long ", "漢字", "e\u0301\u0302", "\U0001f469\u200d\U0001f37c ", "مرحبا ")


def longest(kind: str) -> tuple[GapReport, tuple[Plan, ...], Agency]:
    """As long as every field lets it be, and more of everything than there is room for."""
    name, line = (kind * 300)[:120], (kind * 300)[:300]
    one = {"text": line, "class_": "critical", "duty": DUTY}
    large = checklist({f"D{n}": 4 for n in range(9)}, {f"D{d}-{n}": one for d in range(9) for n in range(1, 5)})
    titled = tuple(domain.model_copy(update={"title": line}) for domain in large.domains)
    large = large.model_copy(update={"title": line, "domains": titled})
    report = report_of((large, {i.id: rated(n % 5, evidence=("record",)) for n, i in enumerate(large.indicators[:-1])}))
    report = replace(report, listed=replace(report.listed, site=name, cycle=name))
    report.assessment.raters, report.assessment.hours = line, 9_999.5
    plans = tuple(plan_of(gap.indicator, line) for gap in report.gaps[:5])
    return report, plans, Agency(**{**AGENCY.model_dump(), "name": name})


def worst(kind: str) -> Paper:
    return brief(whole(*longest(kind), (kind * 300)[:300]))


@pytest.mark.parametrize("kind", KINDS, ids=ascii)
def test_the_worst_has_room_on_the_page(kind: str) -> None:
    paper = worst(kind)
    assert height(paper) <= PAGE
    (table,) = (block for part in paper.sections for block in part.blocks if isinstance(block, Table))
    assert len(table.rows) == 3
    assert "2 more in the full report" in table.caption
    lists = [block for part in paper.sections for block in part.blocks if isinstance(block, Listing)]
    assert all(len(one.items) <= ROOMS[0].gaps + 1 for one in lists)


def test_where_there_is_room_nothing_is_cut() -> None:
    text = str(brief(Told(small(site="Main Street, the house for families"), (plan_of("ORG-1"),), AGENCY, NOW)))
    assert "Main Street, the house for families" in text
    assert "…" not in text


def test_it_says_who_rated_blind_what_comes_next_and_whether_it_moved() -> None:
    report = small()
    first = report.gaps[0].indicator
    text = str(brief(whole(report, (plan_of(first),), AGENCY, "Bea")))
    for expected in (
        "Bea one, Bea two",
        ", rated blind: the same level on 2 of 3.",
        "Target that is past, by January 2, 2026: Something is done: level 3; now level 2.",
        "Did it move? 1 of 1 linked indicators moved up.",
    ):
        assert expected in text, expected


@given(st.text(), st.integers(1, 200))
def test_what_is_clipped_is_no_broader_than_its_room(typed: str, room: int) -> None:
    found = clipped(typed, room)
    assert breadth(found.removesuffix("…")) <= room
    assert "\n" not in found
    if breadth(typed) <= room and len(typed) <= 2 * room:
        assert found == " ".join(typed.split())


def test_control_more_words_take_more_room() -> None:
    paper = worst("W")
    (first, *others) = paper.sections
    assert height(replace(paper, sections=(first, first, first, *others))) > PAGE


@pytest.mark.slow
def test_in_an_office_program_the_worst_is_one_page(tmp_path: Path) -> None:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    if not office or not counter:
        pytest.skip("LibreOffice or pdfinfo is not here; the bounds are tested above without them")
    papers = [worst(kind) for kind in KINDS]
    drawn = pictures.drawn([picture for paper in papers for picture in paper.pictures])
    for number, (paper, picture) in enumerate(zip(papers, drawn, strict=True)):
        (tmp_path / f"{number}.docx").write_bytes(word(paper, [picture]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=180, check=False)
    made = sorted(tmp_path.glob("*.pdf"))
    if not made:
        pytest.skip("LibreOffice is here without Writer; the bounds are tested above without it")
    for pdf in made:
        told = subprocess.run([counter, str(pdf)], capture_output=True, text=True, check=True).stdout
        assert "Pages:           1\n" in told, KINDS[int(pdf.stem)]
    assert len(made) == len(KINDS)
