"""The blank forms: what stands in them, in whose words, and how they print."""

import io
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assessments.rules.partnership import PartnerDetails
from assessments.rules.team_share import ROLES, RoleDetails
from assessments.store.tables import Agency
from assessments.use_cases.team import RoleLine
from assessments.use_cases.typed import NAME
from reports import template_family, template_notice, template_plan, template_referrals
from reports.paper import Listing, Paper, Paragraph, words_of
from reports.template import Template
from reports.word import word
from tests.reports.test_document import AGENCY, NOW

PARTNERS = (
    PartnerDetails("County clinic", "prenatal-care", None, "Cleo Cole", True),
    PartnerDetails("Office for children", "child-welfare", None, "Olga Orr", True),
    PartnerDetails("Little Steps", "early-intervention"),
)
TEAM = tuple(RoleLine(name, RoleDetails("Dr. Dee Drew" if name == "POT-01" else "")) for name in ROLES)


def given(**settings: str) -> Template:
    agency = Agency(**{**AGENCY.model_dump(), **settings})
    return Template(agency, "Main Street", PARTNERS, TEAM, NOW)


def papers(one: Template) -> Mapping[str, Paper]:
    return {
        "plan": template_plan.plan_form(one),
        "referrals": template_referrals.referral_list(one),
        "family": template_family.family_page(one),
        "notice": template_notice.notification_sheet(one, "The nurse on duty calls.\n\nWithout a name."),
    }


def opened(paper: Paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(word(paper, ())))


def said(paper: Paper) -> str:
    document = opened(paper)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("name", ["plan", "referrals", "family", "notice"])
def test_a_form_can_be_read_aloud(name: str) -> None:
    """Title, language, one heading of the first order, and a head for each table."""
    paper = papers(given())[name]
    document = opened(paper)
    assert document.core_properties.title == paper.name
    assert document.core_properties.language == "en-US"
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == len(paper.sections)
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(cell.text for cell in first.cells)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_plan_has_the_six_headings_and_all_their_topics() -> None:
    document = opened(papers(given())["plan"])
    headings = [
        paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Heading 2"
    ]
    assert headings[3:9] == [
        "Basic needs",
        "Physical health",
        "Delivery and discharge",
        "Behavioral health",
        "Infant health and development",
        "Parenting and family support",
    ]
    topics = [table for table in document.tables if table.rows[0].cells[0].text == "Topic"]
    assert [len(table.rows) - 2 for table in topics] == [2, 3, 5, 5, 6, 5, 6], "two at home, 30 under the headings"


def test_the_plan_names_partners_and_team_and_leaves_child_welfare_out() -> None:
    text = said(papers(given())["plan"])
    assert "Partners to think of: County clinic (Cleo Cole)." in text
    assert "Partners to think of: Little Steps." in text
    assert "Dr. Dee Drew" in text
    assert "Office for children" not in text
    assert template_plan.NOTICE in text


def test_the_referral_list_has_four_outcomes_and_those_whom_it_refers_to() -> None:
    text = said(papers(given())["referrals"])
    assert (
        text.count("\u2610 Received\n\u2610 Waiting\n\u2610 Declined\n\u2610 Not available") == template_referrals.ROWS
    )
    assert "Declined is an answer" in text
    assert "County clinic" in text
    assert "Little Steps" not in text, "no referrals go there"
    assert "Office for children" not in text


def test_all_speak_in_the_agencys_terms() -> None:
    for name, paper in papers(given(plan_name="Family Care Plan", child_welfare_name="Youth Office")).items():
        text = said(paper)
        assert "Plan of Safe Care" not in text, name
        assert ("Family Care Plan" in text) is (name != "notice"), name
        assert ("Youth Office" in text) is (name == "notice"), name


def test_a_notification_is_no_report_and_stands_on_its_own() -> None:
    made = papers(given())
    text = said(made["notice"])
    assert template_notice.NO_REPORT in text
    assert "was not checked" in text
    assert "The nurse on duty calls.\nWithout a name." in text
    assert all("The nurse on duty calls" not in said(made[name]) for name in ("plan", "referrals", "family"))


def sentences(paper: Paper) -> list[str]:
    found = []
    for section in paper.sections:
        for block in section.blocks:
            texts = [block.text] if isinstance(block, Paragraph) else block.items if isinstance(block, Listing) else ()
            found += [one for text in texts for one in re.split(r"(?<=[.!?])\s+", words_of(text))]
    return found


def test_families_read_short_sentences_of_short_words() -> None:
    found = sentences(papers(given())["family"])
    words = [re.findall(r"[A-Za-z']+", one) for one in found]
    assert max(map(len, words)) <= 20
    assert sum(map(len, words)) / len(words) <= 11
    flat = [one for line in words for one in line]
    assert sum(len(one) > 8 for one in flat) / len(flat) < 0.05
    assert {"It is not a report of abuse or neglect.", "It is not a safety plan.", "It is not a test."} <= set(found)


def test_control_the_prose_of_the_notice_is_longer() -> None:
    words = [len(one.split()) for one in sentences(papers(given())["notice"])]
    assert max(words) > 20


@pytest.mark.slow
def test_one_page_is_one_page(tmp_path: Path) -> None:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    if not office or not counter:
        pytest.skip("LibreOffice or pdfinfo is not here")
    longest = ("W" * 11 + " ") * (NAME // 12)
    made = papers(given(plan_name=longest, name=longest))
    made = {"longest": made["family"], **papers(given())}
    for name, paper in made.items():
        (tmp_path / f"{name}.docx").write_bytes(word(paper, ()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=180, check=False)
    pages = {}
    for pdf in tmp_path.glob("*.pdf"):
        told = subprocess.run([counter, str(pdf)], capture_output=True, text=True, check=True).stdout
        pages[pdf.stem] = int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index]
    if not pages:
        pytest.skip("LibreOffice is here without Writer")
    assert pages["family"] == pages["longest"] == pages["notice"] == 1, pages
    assert 1 < pages["plan"] <= 8, pages
