"""Documents that stand alone: whole, readable without a browser's help, and deaf to what people typed into them."""

import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from assessments.rules.ratings import Rated, State
from assessments.store.tables import Agency
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import EvidenceDetails, Row
from reports import document
from reports.document import checklist_document, gap_document, rating_form
from standards import catalogue
from standards.model import Checklist
from tests.growth import LINEAR, TIMES, growth
from tests.reports.build import report_of, row
from tests.rules.build import DUTY, checklist, rated

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=ZoneInfo("America/Denver"))
AGENCY = Agency(
    name="Riverbend",
    name_key="riverbend",
    state="WY",
    time_zone="America/Denver",
    block_grant=True,
    part_2=False,
    plan_name="Family Care Plan",
    child_welfare_name="Department of Children",
    women="mothers",
    created_at=NOW,
)
LIBRARY = list(catalogue.library().values())
ALONE = {"meta", "path", "rect", "img", "col"}
"""Tags without an end."""


class Read(HTMLParser):
    """Every tag closed where it was opened; all text and all attributes, and the ids that links point at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        return "".join(self.said)

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name in ("href", "src", "action", "data", "srcset")]


SMALL = checklist(
    {"ORG": 5, "PAR": 2},
    {
        "ORG-1": {"duty": DUTY, "cue": {"3": "Seen in <two> files."}},
        "ORG-2": {"ladder": "share", "counts": {"of": "plans", "met": "plans on time"}, "class": "critical"},
        "ORG-3": {"na": "there are no plans"},
        "ORG-5": {"scored": False},
    },
)
RATINGS = {
    "ORG-1": rated(2, evidence=("document", "record")),
    "ORG-2": rated(1, met=2, of=9, out_of=20),
    "ORG-3": Rated(State.NOT_APPLICABLE, reason="None was made."),
    "ORG-4": Rated(State.CANNOT_JUDGE),
    "ORG-5": rated(4),
    "PAR-1": rated(3, evidence=("staff-interview",)),
}


def small(**typed: Any) -> GapReport:
    """With what people typed put where they can type it."""
    report = report_of((SMALL, RATINGS))
    for name, value in typed.items():
        if name in ("site", "cycle"):
            report = replace(report, listed=replace(report.listed, **{name: value}))
        elif name in ("reason", "note", "what", "link"):
            report = replace(report, rows={**report.rows, "ORG-3": _typed(report.rows["ORG-3"], name, value)})
        else:
            setattr(report.assessment, name, value)
    return report


def _typed(found: Row, name: str, value: Any) -> Row:
    if name == "reason":
        return replace(found, answer=replace(found.answer, reason=value))
    if name == "note":
        return replace(found, note=value)
    details = EvidenceDetails("document", **{"what": "It.", name: value})
    (line,) = row(rated(1, evidence=("document",))).evidence
    return replace(found, evidence=(replace(line, details=details),))


def all_three(report: GapReport, agency: Agency = AGENCY) -> list[str]:
    place = f"{report.listed.site}, {report.listed.cycle}"
    return [
        checklist_document(report.checklist, agency),
        gap_document(report, agency, NOW),
        rating_form(report.checklist, agency, report.rows, report.assessment, place),
    ]


@pytest.mark.parametrize("one", LIBRARY, ids=lambda one: one.id)
def test_every_checklist_of_the_library_is_whole(one: Checklist) -> None:
    for text in (checklist_document(one), checklist_document(one, AGENCY), rating_form(one), rating_form(one, AGENCY)):
        read = Read(text)
        assert not {"script", "img", "link", "iframe", "object", "form", "input"} & set(read.tags)
        assert [link for link in read.links if not link.startswith("#")] == []
        assert {link[1:] for link in read.links} <= {value for name, value in read.attributes if name == "id"}
        assert [i.id for i in one.indicators if i.id not in read.text] == []
        assert ("lang", "en") in read.attributes
        assert read.tags.count("h1") == read.tags.count("title") == read.tags.count("main") == 1


@pytest.mark.parametrize("one", LIBRARY, ids=lambda one: one.id)
def test_a_checklist_says_all_that_a_rater_needs(one: Checklist) -> None:
    said = Read(checklist_document(one)).text
    texts = [level.words for ladder in document.ladders(one) for level in ladder.levels]
    texts += [source.citation for source in one.sources if source.id in {s.source for s in one.standards}]
    for indicator in one.indicators:
        texts += [indicator.text, indicator.about, indicator.na, *indicator.cue.values()]
        texts += [indicator.duty.cites] if indicator.duty else []
    assert [text for text in texts if text not in said] == []


def test_headings_step_down_one_at_a_time() -> None:
    for text in all_three(small()):
        levels = [int(tag[1]) for tag in Read(text).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_say_what_their_rows_and_columns_are() -> None:
    text = gap_document(small(), AGENCY, NOW)
    assert text.count("<table>") == text.count("<caption>") == text.count("<thead>") == 2
    assert "<th>" not in text
    assert text.count('scope="row"') == 2 + len(SMALL.indicators)


def test_the_gap_report_says_what_the_page_says() -> None:
    said = " ".join(Read(gap_document(small(site="Main Street", raters="Ann and Bea"), AGENCY, NOW)).text.split())
    for expected in (
        "Main Street, Baseline",
        "Draft, not submitted. Every figure changes",
        "Ann and Bea",
        "edition 1.0",
        "a convention of this toolkit",
        "Duty not met: it is required by 42 U.S.C. 300x-27",
        "plans: 2 of 9; of all 20,",
        "None was made.",
        "Not rated yet (1)",
        "Cannot judge (1)",
        "Not applicable (1)",
        "What it cannot say: how women and infants fare",
        f"Receipt {small().receipt.short()}",
        "November 22, 2026 at 08:30",
    ):
        assert expected in said, expected
    order = [gap.indicator for gap in small().gaps]
    assert re.findall(r"(?:ORG|PAR)-\d(?= Something is done)", said)[: len(order)] == order


def test_evidence_says_when_it_went_stale_and_the_name_of_its_file() -> None:
    report = small()
    (line, *_) = row(rated(1, evidence=("agreement",))).evidence
    line = replace(line, details=replace(line.details, as_of=date(2026, 1, 15), review_months=6), file_name="a<b>.pdf")
    report = replace(report, rows={**report.rows, "ORG-1": replace(report.rows["ORG-1"], evidence=(line,))})
    said = " ".join(Read(gap_document(report, AGENCY, NOW)).text.split())
    assert "It., as of January 15, 2026, stale since July 15, 2026, file a<b>.pdf" in said
    form = " ".join(Read(rating_form(SMALL, AGENCY, report.rows)).text.split())
    assert "as of January 15, 2026, look again by July 15, 2026, file a<b>.pdf" in form


def test_what_is_submitted_is_no_draft_and_says_when() -> None:
    report = small(status="submitted", audit_link="a" * 64)
    report.assessment.submitted_at = datetime(2026, 11, 23, 2, 0, tzinfo=ZoneInfo("UTC"))
    text = gap_document(report, AGENCY, NOW)
    assert "Submitted on November 22, 2026 at 19:00" in text
    assert "aaaaaaaaaaaa" in text
    assert "draft" not in text.lower()


def test_caps_are_counted() -> None:
    report = report_of((SMALL, {i.id: rated(4, met=9, of=9) for i in SMALL.indicators} | {"ORG-1": rated(2)}))
    assert "Capped: 1 duty not met." in gap_document(report, AGENCY, NOW)


def test_nothing_rated_and_nothing_short() -> None:
    assert "No band yet" in gap_document(report_of((SMALL, {})), AGENCY, NOW)
    done = report_of((checklist({"ORG": 1}), {"ORG-1": rated(4)}))
    assert "Nothing here falls short" in gap_document(done, AGENCY, NOW)


def test_the_form_is_blank_or_filled_in() -> None:
    report = small(note="Ask again")
    blank, filled = rating_form(SMALL), rating_form(SMALL, AGENCY, report.rows, report.assessment, "Main Street")
    assert blank.count('class="asked"') == len(SMALL.indicators)
    assert blank.count('class="box"') == 6 * 5 + len(SMALL.indicators) + 1
    assert "Chosen:" not in blank
    assert filled.count("Chosen:") == 5, "what is counted is computed, and ORG-2 has numbers instead"
    said = Read(filled).text
    for expected in ("Ask again", "None was made.", "Stored: level 1.", "Main Street", "Riverbend"):
        assert expected in said, expected


def test_texts_take_the_words_of_the_agency() -> None:
    one = next(one for one in LIBRARY if one.id == "posc-record")
    ours, theirs = checklist_document(one), checklist_document(one, AGENCY)
    assert "Plan of Safe Care" in ours
    assert "Family Care Plan" in theirs
    assert "Plan of Safe Care" not in theirs.replace("Plans of Safe Care", "")


@pytest.mark.parametrize(("block_grant", "said"), [(True, "A duty for your agency"), (False, "Not a duty for your")])
def test_duties_are_those_of_the_agency(block_grant: bool, said: str) -> None:
    agency = Agency(**{**AGENCY.model_dump(), "block_grant": block_grant})
    assert said in checklist_document(SMALL, agency)
    assert "where block-grant funding is received" in Read(checklist_document(SMALL)).text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=http://host/p.png onerror=alert(1)>',
    "</style></title></bdi><h1>",
    "{{ 7 * 7 }}{% for x in y %}{# gone #}",
    "&lt;b&gt; & &amp;",
    "<!-- -->]]>",
    "x" * 5_000,
    "\u202e\u0645\u0631\u062d\u0628\u0627 right to left",
]
PLACES = ["site", "cycle", "name", "raters", "rests_on", "reason", "note", "what", "link"]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_typed_is_shown_and_does_nothing(typed: str) -> None:
    plain, hostile = small(**dict.fromkeys(PLACES, "typed")), small(**dict.fromkeys(PLACES, typed))
    agency = Agency(**{**AGENCY.model_dump(), "name": typed, "plan_name": typed})
    for before, after in zip(all_three(plain), all_three(hostile, agency), strict=True):
        read = Read(after)
        assert read.tags == Read(before).tags, "not a tag more or less"
        assert typed in read.text
        assert "49" not in read.text


def test_a_checklist_of_their_own_is_typed_too() -> None:
    typed = "<script>alert(1)</script>{{ 7 }}"
    parts: dict[str, Any] = {"text": typed, "about": typed, "na": typed, "cue": {"1": typed}}
    own = checklist({"ORG": 1}, {"ORG-1": parts}).model_copy(update={"title": typed, "about": typed})
    for text in (checklist_document(own), rating_form(own), gap_document(report_of((own, {})), AGENCY, NOW)):
        assert "script" not in Read(text).tags
        assert typed in Read(text).text


def test_control_without_escaping_the_script_would_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document._environment(), "autoescape", False)
    document._environment().cache.clear()  # type: ignore[union-attr]  # templates are compiled with or without it
    try:
        assert "script" in Read(gap_document(small(reason="<script></script>"), AGENCY, NOW)).tags
    finally:
        document._environment.cache_clear()


def test_control_a_word_that_a_template_misspells_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        document._environment().from_string("{{ checklist.titel }}").render(checklist={})


@given(st.text())
def test_what_cannot_be_shown_is_marked(typed: str) -> None:
    shown = document.visible(typed)
    assert len(shown) == len(typed)
    shown.encode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", shown)


def test_control_signs_and_halves_do_not_get_through() -> None:
    text = gap_document(small(reason="a\x00b\x1b[31mc\ud800d"), AGENCY, NOW)
    assert "a\ufffdb\ufffd[31mc\ufffdd" in text
    text.encode()


def test_only_evidence_leads_elsewhere() -> None:
    report = small(link="https://files.example/a?b=1&c=\"2'")
    for text in all_three(report)[1:]:
        outside = [link for link in Read(text).links if not link.startswith("#")]
        assert set(outside) <= {"https://files.example/a?b=1&c=\"2'"}
    assert "https://files.example" in all_three(report)[2]


def test_a_link_that_is_none_is_not_followed() -> None:
    """Only http and https come past the use case; a document does not rely on that."""
    report = small(link="javascript:alert(1)")
    for text in all_three(report):
        assert Read(text).links == [link for link in Read(text).links if link.startswith("#")]


def documents_of(size: int) -> None:
    large = checklist({f"D{n:02}": size // 15 for n in range(15)})
    report = report_of((large, {i.id: rated(2, evidence=("document",)) for i in large.indicators[::2]}))
    assert all(text.count(large.indicators[-1].id) for text in all_three(report))


def test_1800_indicators_take_longer_only_as_they_are_more() -> None:
    all_three(small())  # compiles the templates
    assert growth(documents_of, 1800 // TIMES) < LINEAR
