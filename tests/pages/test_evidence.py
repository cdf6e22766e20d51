"""Evidence as a person meets it: a file on a card, what is refused there, and the page of score against confidence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.confidence import CONVENTION
from assessments.store import database
from assessments.use_cases.deliveries import hand_out
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.evidence_files import STATEMENT
from assessments.use_cases.sheets import EvidenceLine
from assessments.use_cases.trail import audit_trail
from tests.pages.driven import at, fill, press, sound, written
from tests.use_cases.cast import POLICY, House
from tests.use_cases.files import BROUGHT, PDF

OLD = replace(POLICY, as_of=date(2024, 1, 15), review_months=12, what="Roster of *2024*")


def card() -> AppTest:
    return at("assess/rate.py", part="ORG-1", open="ORG-01")


def bring(test: AppTest, name: str, content: bytes) -> None:
    fill(test, "What it is", "Admission policy 4.2")
    test.file_uploader[0].set_value((name, content, "application/octet-stream"))


def lines(house: House) -> tuple[EvidenceLine, ...]:
    return house.row("ORG-01").evidence


def errors(test: AppTest) -> str:
    return "\n".join(error.value for error in test.error).replace("\\", "")


def test_a_file_is_brought_with_its_statement_and_taken_again(house: House) -> None:
    test = card()
    bring(test, "Policy 4.2.pdf", PDF)
    test.checkbox[0].check()
    test = press(test, "Add this evidence")
    (line,) = lines(house)
    assert (line.file_name, line.file_size) == ("Policy 4.2.pdf", len(PDF))
    assert STATEMENT in house.read(audit_trail, act="add file").entries[0].after
    test = press(test, "Policy 4.2.pdf (1 KB)")
    assert "is ready" in written(test)
    (entry,) = house.read(audit_trail, act="export").entries
    assert (entry.field, entry.after) == ("evidence_file", "Policy 4.2.pdf")
    with database.writing(house.engine) as db:  # these tests have no browser, and so nobody to hand it to
        assert hand_out(db, datetime.now(UTC), "", test.session_state["delivery.file-" + line.id].address) is None
    press(test, "Remove its file")
    assert lines(house)[0].file_name == ""


@pytest.mark.parametrize(
    ("name", "content", "ticked", "says"),
    [
        ("Policy.pdf", PDF, False, f"only with the statement “{STATEMENT}”"),
        ("Policy.docx", PDF, True, "does not hold what its name says"),
        ("Policy.pdf", PDF + bytes(10_100_000), True, "is 10.2 MB, and at most 10 MB are taken"),
        ("SSN 123-45-6789.pdf", PDF, True, "The name of the file was not saved"),
    ],
)
def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(
    house: House, name: str, content: bytes, ticked: bool, says: str
) -> None:
    test = card()
    bring(test, name, content)
    test.checkbox[0].set_value(ticked)
    test = press(test, "Add this evidence")
    assert says in errors(test)
    assert lines(house) == ()
    assert next(field.value for field in test.text_input if field.label == "What it is") == "Admission policy 4.2"


def test_a_file_that_the_browser_never_sent_is_missed(house: House) -> None:
    test = card()
    fill(test, "What it is", "Admission policy 4.2")
    test.checkbox[0].check()
    test = press(test, "Add this evidence")
    assert "none has arrived" in errors(test)
    assert lines(house) == ()
    test.checkbox[0].uncheck()
    press(test, "Add this evidence")
    assert len(lines(house)) == 1


def test_months_are_saved_and_what_is_stale_is_said(house: House) -> None:
    house.write(add_evidence, house.assessment, "ORG-01", OLD)
    test = card()
    assert "stale since January 15, 2025" in written(test)
    assert "confidence 1 of 4, one less than that" in written(test)
    test.number_input[0].set_value(6)
    fill(test, "What it is", "Another")
    test.date_input[0].set_value(date(2026, 3, 1))
    press(test, "Add this evidence")
    assert {line.details.what: line.details.review_months for line in lines(house)} == {OLD.what: 12, "Another": 6}


def page(house: House) -> AppTest:
    return at("insight/confidence.py", assessment=house.assessment)


def test_with_nothing_rated_the_page_leads_to_rating(house: House) -> None:
    assert "No indicator has a level yet" in written(page(house))


def test_high_scores_on_weak_or_stale_evidence_come_first(house: House) -> None:
    for name, level in {"ORG-01": 4, "ORG-02": 3, "ORG-03": 2, "ORG-04": 3}.items():
        house.rate(name, level)
    house.write(add_evidence, house.assessment, "ORG-01", OLD)
    house.write(add_evidence, house.assessment, "ORG-04", POLICY)
    test = page(house)
    said = written(test).replace("\\", "")
    assert "**1 of 4 ratings** have confidence 2 or more" in said
    assert CONVENTION in said
    assert "2 ratings of 3 or 4 rest on weak or stale evidence" in said
    assert said.index("**ORG-02**") < said.index("**ORG-01**")
    assert "ORG-03" not in said, "it claims little"
    (domains, reviews) = test.table
    assert list(domains.value["2 or more"]) == ["1 of 4"]
    assert list(reviews.value["By"]) == ["January 15, 2025, **stale**"]
    assert "Roster of \\*2024\\*" in reviews.value["Evidence"][0]
    assert "1 of 4 with confidence 2 or more" in test.get("vega_lite_chart")[0].proto.alt


def test_with_sound_evidence_it_says_so(house: House) -> None:
    house.rate("ORG-01", 4)
    house.write(add_evidence, house.assessment, "ORG-01", POLICY)
    said = written(page(house))
    assert "No rating of 3 or 4 rests on weak or stale evidence" in said
    assert "No evidence here says when it is to be looked at again" in said


def test_of_a_submitted_one_evidence_is_read_and_its_file_taken(house: House) -> None:
    house.rate("ORG-01", 4)
    house.write(add_evidence, house.assessment, "ORG-01", OLD, file=BROUGHT)
    house.submit()
    test = at("insight/ratings.py", assessment=house.assessment, state="stale")
    assert "1 of 33 indicators" in written(test)
    assert "stale since January 15, 2025" in written(test)
    assert "is ready" in written(press(test, "Policy 4.pdf (1 KB)"))
    frozen = card()
    assert not frozen.file_uploader
    assert not any(button.label.startswith("Remove") for button in frozen.button)
    sound(page(house))
