"""Documents to print and to read without Plumbline: one HTML file each, with nothing to run and nothing to fetch.

Whatever people typed passes `visible` and Jinja's escaping on its way into a template; no template marks text as safe.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assessments.rules.ratings import State, strength
from assessments.rules.scoring import Figures, class_of, target_of
from assessments.rules.settings import conditions
from assessments.store.tables import Agency, Assessment
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import Row
from reports import standing, telling, words
from reports.competencies import CONFIDENTIAL, LEGEND, PURPOSE, SIGNS, Exported, Heat
from reports.confidence import due
from reports.paper import Block, Paper
from reports.telling import Told
from standards.model import Checklist, Indicator, Ladder

TEMPLATES = Path(__file__).parent / "templates"
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WIDE = 100
"""Of a bar, in the units of its drawing."""
BLANK: Mapping[str, Row] = {}


@dataclass(frozen=True)
class Bar:
    """Where the marks of a domain's bar stand, 0 to `WIDE`."""

    mean: float
    low: float
    high: float


def checklist_document(checklist: Checklist, agency: Agency | None = None) -> str:
    """With an agency, in its terms and with the duties that bind it; without one, as the checklist is written."""
    return _rendered("checklist.html", checklist, agency, held=_held(agency))


def rating_form(
    checklist: Checklist,
    agency: Agency | None = None,
    rows: Mapping[str, Row] = BLANK,
    cover: Assessment | None = None,
    where: str = "",
) -> str:
    """To be filled in by pen: blank, or with what is stored in `rows`. `where` is the site and the cycle. Whether
    evidence is stale is not said: the form has no date of its own.
    """
    return _rendered(
        "form.html",
        checklist,
        agency,
        held=_held(agency),
        rows=rows,
        cover=cover,
        where=where,
        unrated=Row(),
        today=date.min,
    )


def gap_document(report: GapReport, agency: Agency, now: datetime) -> str:
    """`now` is the moment in the agency's own time zone, in which every other moment is told as well."""
    told = Told(report, (), agency, now)
    return _rendered(
        "gaps.html",
        report.checklist,
        agency,
        held=report.conditions,
        told=told,
        draft=telling.draft(told),
        cover=telling.cover(told),
        figures=standing.figures(told),
        domains=standing.rows(told),
        groups=[(heading, list(found)) for heading, found in groupby(report.ranked, key=words.heading)],
        bars={domain: _bar(figures) for domain, figures in report.score.domains.items()},
        without={state: telling.without_level(told, state) for state in words.STATES},
        limits=words.limits(report.checklist),
        receipt=telling.receipt_line(told),
    )


def heat_table(found: Heat, about: str) -> str:
    """A piece of HTML with its style, for a page of ours; whatever people typed is escaped in it."""
    return f"<style>{_style()}</style>{pieces('heat.html').grid(found, about)}"


def heat_key() -> str:
    """What the cells of such a table say, each as it looks there."""
    return str(pieces("heat.html").key(_signs()))


def pieces(template: str) -> Any:
    """What it can write: functions of its own, for pages of ours."""
    return _environment().get_template(template).module


def matrix_document(told: Exported) -> str:
    known = {"title": "Competencies of staff", "purpose": PURPOSE, "signs": _signs(), "foot": CONFIDENTIAL}
    return _environment().get_template("matrix.html").render(told=told, **known)


def _signs() -> list[tuple[str, str, str]]:
    """Look, sign and what it says."""
    return [(SIGNS[state][1], *said) for state, said in LEGEND.items()]


@cache
def _style() -> str:
    return (TEMPLATES / "heat.css").read_text(encoding="utf-8")


def paper_document(paper: Paper, pictures: Sequence[bytes]) -> str:
    """A brief or a report; `pictures` are PNG, in the order of `paper.pictures`."""
    drawn = [f"data:image/png;base64,{b64encode(png).decode('ascii')}" for png in pictures]
    return _environment().get_template("paper.html").render(paper=paper, take=iter(drawn).__next__, kind_of=_kind)


def _kind(block: Block) -> str:
    return type(block).__name__


def _rendered(template: str, checklist: Checklist, agency: Agency | None, **more: Any) -> str:
    def say(text: str) -> str:
        return words.in_terms(text, agency) if agency else text

    return _environment().get_template(template).render(checklist=checklist, agency=agency, say=say, **more)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["condition"] = words.condition
    under_their_names = (class_of, target_of, strength, due, by_standard, ladders)
    made.globals.update({found.__name__: found for found in under_their_names}, words=words, State=State, wide=WIDE)
    return made


def visible(value: Any) -> Any:
    """A sign that no document can hold is shown as one that says so."""
    return UNPRINTABLE.sub("\ufffd", value) if type(value) is str else value


def by_standard(checklist: Checklist, domain: str) -> list[tuple[str, list[Indicator]]]:
    """Standard id -> its indicators, in the order of the checklist."""
    found = groupby(checklist.by_domain[domain], key=lambda indicator: indicator.standard)
    return [(standard, list(indicators)) for standard, indicators in found]


def ladders(checklist: Checklist) -> list[Ladder]:
    """Those in use, each once."""
    return list({ladder.id: ladder for ladder in checklist.ladder_of.values()}.values())


def _held(agency: Agency | None) -> frozenset[str]:
    return conditions(agency.state, agency.block_grant, agency.part_2) if agency else frozenset()


def _bar(figures: Figures) -> Bar | None:
    if figures.mean is None or figures.low is None or figures.high is None:
        return None
    mean, low, high = (float(value) * WIDE / 4 for value in (figures.mean, figures.low, figures.high))
    return Bar(mean, low, high)
