"""A report with a plan, told twice; and what a Word document holds, read back."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar
from xml.etree import ElementTree

import pandas as pd
import pytest

from assessments.store.tables import Agency
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import (
    ActionDetails,
    ActionLine,
    MeasureDetails,
    MeasureLine,
    Plan,
    RoundDetails,
    RoundLine,
    Value,
)
from assessments.use_cases.priorities import Chosen
from reports import pictures
from reports.brief import brief
from reports.document import paper_document
from reports.full_report import full_report
from reports.paper import Paper
from reports.telling import Told
from reports.word import word
from tests.reports.beside import whole
from tests.reports.test_document import AGENCY, NOW, PLACES, Read, small

T = TypeVar("T")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ISOLATES = re.compile("[\u2068\u2069]")
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001488afdf00000000049454e44ae426082"
)
"""A picture of one point, where the pictures themselves are not the question."""


@pytest.fixture(scope="module", autouse=True)
def charts_drawn_once() -> Iterator[None]:
    """A chart of the same table is the same, and takes a third of a second: imported, this keeps each that was made."""
    with pytest.MonkeyPatch.context() as kept:
        kept.setattr(pictures, "domains", once(pictures.domains))
        kept.setattr(pictures, "strips", once(lambda frame, strips=pictures.strips: tuple(strips(frame))))
        yield


def once(draw: Callable[..., T]) -> Callable[..., T]:
    made: dict[tuple[str, ...], T] = {}

    def drawn(frame: pd.DataFrame, *size: int) -> T:
        key = frame.to_json(orient="split"), *map(str, size)
        if key not in made:
            made[key] = draw(frame, *size)
        return made[key]

    return drawn


def plan_of(indicator: str, typed: str = "Typed", dropped: str = "", *, measures: bool = True) -> Plan:
    action = ActionDetails(typed, typed, date(2026, 11, 1), date(2026, 12, 15), "under way", None, typed)
    tried = RoundDetails(typed, typed, date(2026, 11, 2), None, typed, typed, "adapt")
    measured = tuple(Value(date(2026, 11, day), day, 20, typed) for day in (1, 2, 3))
    return Plan(
        Chosen(f"p-{indicator}", "a", indicator, typed, 1, NOW, typed, dropped),
        (ActionLine("x", 1, action),),
        (RoundLine("r", 1, tried),),
        (MeasureLine("m", 1, MeasureDetails(typed, typed), measured),) * measures,
    )


def typed_report(typed: str) -> tuple[GapReport, tuple[Plan, ...], Agency]:
    """The same wherever a person can type."""
    places = [place for place in PLACES if place != "link"]
    report = small(**dict.fromkeys(places, typed))
    plans = (plan_of("ORG-1", typed), plan_of("PAR-1", typed, measures=False), plan_of("ORG-2", typed, dropped=typed))
    return report, plans, Agency(**{**AGENCY.model_dump(), "name": typed})


@cache
def both(typed: str = "Typed") -> list[Paper]:
    """Brief and full report."""
    told = whole(*typed_report(typed), typed)
    return [brief(told), full_report(told)]


def dotted(paper: Paper) -> list[bytes]:
    return [DOT] * len(paper.pictures)


def as_word(paper: Paper) -> bytes:
    return word(paper, dotted(paper))


def as_html(paper: Paper) -> str:
    return paper_document(paper, dotted(paper))


def part(content: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return ElementTree.fromstring(packed.read(name))


def word_says(content: bytes) -> str:
    """Every letter in its order, without spaces."""
    said = "".join(element.text or "" for element in part(content).iter(f"{W}t"))
    return "".join(ISOLATES.sub("", said).split())


def html_says(text: str) -> str:
    """The same of a page; what only a screen reader is told left out."""
    seen = re.sub(r'<caption class="read">.*?</caption>', "", text, flags=re.DOTALL)
    return "".join(page_says(seen).split())


def page_says(text: str) -> str:
    """In words with one space between them; without the title of its window."""
    body = text[text.index("<header>") :]
    return " ".join(Read(body.replace("</body>", "").replace("</html>", "")).text.split())


def told_by(report: GapReport, *plans: Plan, agency: Agency = AGENCY) -> list[Paper]:
    return [tell(Told(report, plans, agency, NOW)) for tell in (brief, full_report)]


def fully(report: GapReport, *plans: Plan, **beside: Any) -> Paper:
    """The full report alone: of the two it is the one that says everything."""
    return full_report(Told(report, plans, AGENCY, NOW, **beside))


def submitted(report: GapReport) -> GapReport:
    report.assessment.status, report.assessment.submitted_at, report.assessment.audit_link = "submitted", NOW, "a" * 64
    return replace(report, listed=replace(report.listed, status="submitted"))
