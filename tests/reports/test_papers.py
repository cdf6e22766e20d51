"""The brief and the full report: what they say, that both kinds of file say it alike, and what typed text becomes."""

import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules import confidence
from assessments.rules.bands import BANDS, CONVENTION
from assessments.rules.blindness import RaterKind
from assessments.rules.priorities import Moved, ranked
from assessments.rules.spread import rows
from assessments.rules.text import clean
from assessments.use_cases.consensus import Comparison
from reports import words
from reports.document import visible
from reports.effect import LIMITS as EFFECT_LIMITS
from reports.full_report import full_report
from reports.paper import Paper, Run, Table, words_of
from reports.rated_blind import OUTSIDE, OUTSIDE_TOO, SELF_RATING, self_rating
from reports.signals import LIKELY
from reports.telling import Told, marked
from tests.reports.beside import rater, whole
from tests.reports.build import report_of
from tests.reports.lines import measure
from tests.reports.naughty import NAUGHTY
from tests.reports.papers import (
    W,
    as_html,
    as_word,
    both,
    charts_drawn_once,  # noqa: F401  # a fixture for all here
    fully,
    html_says,
    page_says,
    part,
    plan_of,
    submitted,
    told_by,
    word_says,
)
from tests.reports.test_document import AGENCY, NOW, RATINGS, SMALL, Read, small
from tests.reports.test_naughty_documents import MARKUP
from tests.rules.build import checklist, rated

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
ALONE = (*MARKUP, *NAUGHTY) if LONG else ("\n".join(NAUGHTY), "\n".join(MARKUP), MARKUP[0])
TEXT = {f"{W}t", f"{W}br", f"{W}tab"}
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def said(paper: Paper) -> str:
    return page_says(as_html(paper))


@pytest.mark.parametrize("typed", ["Typed", "\n".join(NAUGHTY)], ids=["plain", "naughty"])
def test_word_and_html_say_the_same(typed: str) -> None:
    for paper in both(typed):
        assert word_says(as_word(paper)) == html_says(as_html(paper))


def test_control_a_word_less_is_seen() -> None:
    paper = both()[0]
    assert word_says(as_word(paper)) != html_says(as_html(paper).replace("self-rating", "rating"))


@pytest.mark.parametrize("typed", ALONE, ids=lambda typed: ascii(typed)[:30])
def test_what_was_typed_is_text_and_nothing_else(typed: str) -> None:
    stored = clean(typed)
    plain, hostile = both()[1], both(stored)[1]
    was, now = as_word(plain), as_word(hostile)
    assert shape(now) == shape(was)
    assert "".join(visible(stored).split()) in word_says(now)
    assert Read(as_html(hostile)).tags == Read(as_html(plain)).tags


def test_what_xml_refuses_is_shown_as_refused() -> None:
    typed = "a\x00b\x1b[31mc\ud800d\ufffe\x0b\x85"
    for paper in told_by(small(raters=typed, site=typed)):
        assert "\ufffd" in word_says(as_word(paper))
        as_html(paper).encode()


def shape(content: bytes) -> list[object]:
    """The elements that are not text, and where the file points."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pointing = [name for name in packed.namelist() if name.endswith(".rels")]
    elements = [element.tag for element in part(content).iter() if element.tag not in TEXT]
    return [Counter(elements), *([sorted(r.attrib.items()) for r in part(content, name)] for name in sorted(pointing))]


def test_nothing_in_a_word_document_acts_or_fetches() -> None:
    content = as_word(both("=cmd|' /C calc'!A0 { INCLUDEPICTURE http://host/a }")[1])
    found = part(content)
    assert not {"fldSimple", "instrText", "object", "script"} & {element.tag.split("}")[1] for element in found.iter()}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        rels = [r for name in packed.namelist() if name.endswith(".rels") for r in part(content, name)]
        assert [name for name in packed.namelist() if "vba" in name.lower()] == []
    assert [r.attrib for r in rels if r.tag == RELATIONSHIPS and r.get("TargetMode") == "External"] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    for one, other in zip(both(), both.__wrapped__(), strict=True):
        assert as_word(one) == as_word(other)
        assert as_html(one) == as_html(other)


def test_a_word_document_can_be_found_ones_way_in() -> None:
    """Headings that step down, tables whose first row comes again, pictures with words, a language, no strange name."""
    paper = both()[1]
    document = docx.Document(io.BytesIO(as_word(paper)))
    levels = [
        int(name[-1])
        for one in document.paragraphs
        if (name := str(one.style and one.style.name)).startswith("Heading")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    found = part(as_word(paper))
    for table in found.iter(f"{W}tbl"):
        first, *others = table.iter(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
    assert [one.get("descr") for one in found.iter(DRAWN)] == [picture.alt for picture in paper.pictures]
    assert len(paper.pictures) >= 3
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.language) == ("Plumbline", "Plumbline", "en-US")
    assert part(as_word(paper), "word/styles.xml").find(f".//{W}lang").get(f"{W}val") == "en-US"  # type: ignore[union-attr]


def test_pictures_of_a_page_say_what_they_show_and_nothing_is_fetched() -> None:
    for paper in both():
        read = Read(as_html(paper))
        assert [value for name, value in read.attributes if name == "alt"] == [one.alt for one in paper.pictures]
        assert all(link.startswith(("#", "data:image/png;base64,")) for link in read.links)
        sources = [value for name, value in read.attributes if name == "src"]
        assert len(sources) == len(paper.pictures)
        assert "default-src 'none'" in as_html(paper)


def test_a_draft_says_so_and_what_is_submitted_does_not() -> None:
    for paper in told_by(small()):
        assert "Draft, not submitted" in said(paper)
        foot = part(as_word(paper), "word/footer1.xml")
        assert "(draft, not submitted)" in "".join(element.text or "" for element in foot.iter(f"{W}t"))
    for paper in told_by(submitted(small())):
        assert "draft" not in as_html(paper).lower()
        assert "Submitted on November 22, 2026 at 08:30" in said(paper)


def test_the_full_report_says_what_was_asked_of_it() -> None:
    report = small(raters="Ann and Bea", rests_on="Ten files", site="Main Street")
    text = said(fully(submitted(report), plan_of("ORG-1", "Bea says so"), plan_of("ORG-2", "x", dropped="No time")))
    for expected in (
        "Main Street, Baseline",
        "Ann and Bea",
        "Ten files",
        "Duty not met: it is required by 42 U.S.C. 300x-27",
        "plans: 2 of 9; of all 20,",
        "Bea says so Chosen by Bea says so on November 22, 2026.",
        "Dropped because: No time",
        "December 15, 2026",
        "Under way",
        "November 3, 2026",
        "Not rated yet (1)",
        "Cannot judge (1)",
        "Reason given: None was made.",
        "Unsupported by evidence (",
        SELF_RATING,
        words.LIMITS,
        CONVENTION,
        "A source.",
        words.VERIFICATIONS["seed"],
        report.receipt.short(),
        report.receipt.ratings_hash,
        "a" * 64,
        *(name for _, name in BANDS),
        *(level.words for ladder in SMALL.own for level in ladder.levels),
    ):
        assert expected in text, expected
    order = [gap.indicator for gap in report.gaps]
    listed = text[text.index("Gaps, most pressing first", 500) : text.index("Likelihood of harm and effort")]
    assert re.findall(r"(?:ORG|PAR)-\d(?= Something is done)", listed) == order


def test_a_strength_reaches_its_target_on_more_than_words() -> None:
    levels = {name: rated(4, evidence=("record",)) for name in ("ORG-4", "ORG-5")}
    hearsay = {"PAR-1": rated(4, evidence=("staff-interview",)), "PAR-2": rated(2, evidence=("record",))}
    paper = fully(report_of((SMALL, levels | hearsay)))
    section = next(part for part in paper.sections if part.title == "Strengths")
    rows = [words_of(row[0]) for block in section.blocks if isinstance(block, Table) for row in block.rows]
    assert [row.split()[0] for row in rows] == ["ORG-4"], "ORG-5 is context and not scored"


def test_with_nothing_rated_nothing_chosen_and_nothing_short_both_stand() -> None:
    done = report_of((checklist({"ORG": 1}), {"ORG-1": rated(4, evidence=("record",))}))
    for report in (report_of((SMALL, {})), done, report_of((checklist({}), {}))):
        for paper in told_by(report):
            assert word_says(as_word(paper)) == html_says(as_html(paper))
            assert "chosen" in said(paper)
    assert "everything that applies is at its target" in said(told_by(done)[0])


def test_a_gap_that_was_moved_says_by_whom_and_why() -> None:
    report = small()
    moved = Moved(report.gaps[-1].indicator, 1, "Bea", "Families ask for it.", NOW.date())
    paper = fully(replace(report, ranked=ranked(report.gaps, [moved])))
    text, place = said(paper), len(report.gaps)
    assert f"Moved here from place {place} by Bea on November 22, 2026: “Families ask for it.”" in text


def test_many_indicators_are_told_in_pictures_of_half_a_page() -> None:
    large = checklist({f"D{number:02}": 80 for number in range(5)})
    paper = fully(report_of((large, {i.id: RATINGS["PAR-1"] for i in large.indicators})))
    assert len(paper.pictures) == 1 + 3
    assert all(picture.spec["height"] <= 10 * 46 for picture in paper.pictures[1:])
    many = fully(report_of((checklist({f"D{number:02}": 1 for number in range(40)}), {})))
    assert len(many.pictures) == 3, "forty bars are more than a page"
    document = part(as_word(paper))
    assert sum(1 for _ in document.iter(f"{W}tr")) > 400


@cache
def beside() -> str:
    """What a full report says with all that stands beside the ratings."""
    report = small()
    return said(full_report(whole(report, (plan_of(report.gaps[0].indicator),), AGENCY, "Bea")))


@pytest.mark.parametrize(
    "expected",
    [
        "Bea one, Bea two (works at the site, supervisor), each without seeing the others' ratings",
        "Bea one and Bea two both gave a level to 3 indicators. On 2 of them it is the same level (66 %), on 3 they",
        "Also heard, as groups that are shown only where they are large enough, and not part of any score: client",
        "1 agreed on with a reason of the team's own, 5 not agreed on yet.",
        "Bea one: Level 2, L2; Bea two: Level 3, L3Level 2, L2Bea",
        "3 (standard: 4)January 2, 2026, which is pastNow level 2. A step on the way: for a duty or a critical item",
        "every indicator that applies3 or aboveDecember 15, 20260 of 3 indicators are there.",
        "Median: 10 %. With fewer than 10 points nothing can be told from chance; here are 3.",
        "Did it move? Moved. It rose from level 2 to 3. Whether that holds, the cycle after will show.",
        EFFECT_LIMITS,
        "1 of 3 ratings have confidence 2 or more.",
        "Agreement on file: Bea, as of January 15, 2026, stale since July 15, 2026, Bea, file Bea",
        confidence.CONVENTION,
    ],
)
def test_what_stands_beside_the_ratings_is_told(expected: str) -> None:
    assert expected in beside()


def test_what_was_not_asked_for_is_not_told_of() -> None:
    text = said(fully(small(), plan_of("ORG-1")))
    for absent in ("How the raters agreed", "Targets with a day", "Did it move?", "Rated blind"):
        assert absent not in text


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), SELF_RATING),
        (("self", "supervisor"), SELF_RATING),
        (("self", "external", "data"), OUTSIDE_TOO.format(1, 3)),
        (("external", "external"), OUTSIDE),
    ],
)
def test_it_is_called_a_self_rating_only_where_it_is_one(kinds: Sequence[RaterKind], expected: str) -> None:
    told = Told(small(), (), AGENCY, NOW, raters=tuple(rater(kind, kind) for kind in kinds))
    assert self_rating(told) == expected
    still_open = replace(rater("Cy", "external"), submitted_at=None)
    assert self_rating(replace(told, raters=(*told.raters, still_open, rater("Dee", "client")))) == expected


def test_a_signal_of_a_measure_is_told_as_on_the_page() -> None:
    report = small()
    (one,) = (plan_of("ORG-1", measures=False),)
    text = said(fully(report, replace(one, measures=(measure([9] * 8 + [1] * 8),))))
    assert "Signal, a long run: 8 values in a row above the median, the worse side here" in text
    assert "Signal, few crossings: the line crosses the median once." in text
    assert LIKELY in text


def test_three_raters_are_told_pair_by_pair() -> None:
    report = small()
    names, sheets = ("Ann", "Bea", "Cy"), (report.ratings,) * 3
    compared = Comparison(report.checklist, names, rows(report.checklist, sheets, report.conditions), sheets)
    text = said(fully(report, raters=tuple(map(rater, names)), compared=compared))
    for pair in ("Ann, Bea", "Ann, Cy", "Bea, Cy"):
        assert f"{pair}3100 %100 %0.00not givennot given" in text


@given(st.text(), st.text(min_size=1), st.text())
def test_a_sentence_with_typed_words_marked_is_the_same_sentence(before: str, who: str, why: str) -> None:
    sentence = f"{before} by {who} on a day: {why}"
    assert words_of(marked(sentence, who, why)) == sentence
    assert Run(who, typed=True) in marked(sentence, who, why) or who in f" on a day: {why}"
