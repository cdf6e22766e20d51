"""Rating and review as pages: what is saved is said, what is refused is said where it happened, with the way out."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from assessments.store.tables import Assessment
from assessments.use_cases.assessments import archive_assessment
from assessments.use_cases.sheets import OpenSheet, sheet
from assessments.use_cases.trail import audit_trail
from tests.pages.driven import at, fill, press, written
from tests.use_cases.cast import BASELINE, House

PHONE = "Ask her at 307-555-0142."
COUNTED = "ORG-11"
WHY_NOT = "Why it is not a client's data"


def rating(part: str = "ORG-1", **address: str) -> AppTest:
    return at("assess/rate.py", part=part, **address)


def choose(test: AppTest, house: House, indicator: str, value: str) -> AppTest:
    return test.radio(key=f"levels-{house.assessment}-{indicator}").set_value(value).run()


def test_a_level_is_saved_and_said_with_what_the_next_would_take(house: House) -> None:
    test = choose(rating(), house, "ORG-01", "2")
    assert house.row("ORG-01").answer.level == 2
    assert "Saved" in written(test)
    assert "To reach 3" in written(test)


def test_not_applicable_takes_the_indicator_s_condition_as_its_reason(house: House) -> None:
    choose(rating("ORG-2"), house, "ORG-10", "not-applicable")
    assert house.row("ORG-10").answer.reason == "no infants stay on site"


def test_two_numbers_are_saved_at_once_and_a_refusal_goes_when_it_is_taken_out(house: House) -> None:
    test = choose(rating("ORG-2"), house, COUNTED, "level")
    for typed in ("3 of 5", "8 of 5", "seven of nine", "", "8/10"):
        test = test.text_input(key=f"share-{house.assessment}-{COUNTED}").set_value(typed).run()
        refused = [error.value for error in test.error]
        assert bool(refused) == (typed in {"8 of 5", "seven of nine"}), typed
        assert all("Not saved" in said and COUNTED in said for said in refused)
    assert (house.row(COUNTED).answer.met, house.row(COUNTED).answer.of) == (8, 10)
    assert [entry.after for entry in house.read(audit_trail, act="rate").entries] == ["3 (8 of 10)", "2 (3 of 5)"]


def test_an_address_of_nothing_says_so(house: House) -> None:
    test = rating(assessment="0" * 32, open="ZZZ-99")
    assert any("not here" in warning.value for warning in test.warning)
    assert house.assessment in test.query_params["assessment"]


def test_a_link_to_another_assessment_is_followed_from_the_page_itself(house: House) -> None:
    other = house.begin(replace(BASELINE, name="Follow-up"))
    test = rating(assessment=house.assessment)
    assert test.selectbox(key="choose-assessment").value == house.assessment
    test.query_params["assessment"] = other.assessment
    assert test.run().selectbox(key="choose-assessment").value == other.assessment
    test = test.selectbox(key="choose-assessment").set_value(house.assessment).run()
    assert test.query_params["assessment"] == house.assessment


def test_a_submitted_assessment_is_read_only(house: House) -> None:
    house.rate("ORG-01", 2)
    house.submit()
    test = rating()
    assert all(radio.disabled for radio in test.radio)
    assert "was submitted" in written(test)


def stored(house: House) -> Assessment:
    opened: OpenSheet = house.read(sheet, house.assessment, ())
    return opened.place.assessment


def test_a_cover_that_looks_like_client_data_is_kept_only_with_a_reason(house: House) -> None:
    house.rate("ORG-01", 2)
    test = at("assess/review.py")
    fill(test, "Who rated", PHONE)
    test = press(test, "Save the cover")
    assert "307-555-0142" in test.error[0].value
    fill(test, WHY_NOT, "It is our front desk")
    test = press(test, "Save the cover")
    assert "The cover is saved" in written(test)
    assert at("assess/review.py").text_input[0].value == PHONE


def test_submitting_takes_the_cover_that_was_typed_with_it(house: House) -> None:
    house.rate("ORG-01", 2)
    test = at("assess/review.py")
    fill(test, "Who rated", "The whole team")
    test = press(test, "Submit this assessment")
    fill(test, "Who rated", "The whole team, and Ann")
    test = press(test, "Yes, submit it")
    assert "Submitted" in written(test)
    assert test.text_input[0].value == "The whole team, and Ann"
    assert test.text_input[0].disabled


def test_submitting_is_asked_about_once_with_what_is_missing(house: House) -> None:
    house.rate("ORG-01", 2)
    test = press(at("assess/review.py"), "Submit this assessment")
    asked = next(warning.value for warning in test.warning if "Submit it now?" in warning.value)
    assert "indicators are not rated" in asked
    assert "The cover is empty" in asked
    assert stored(house).status == "draft"
    fill(test, "Who rated", "The whole team")
    test = press(test, "Not yet")
    assert "The cover is saved" in written(test)
    test = press(test, "Submit this assessment")
    assert "Not on the cover: the hours spent and what it rests on." in written(test)
    press(test, "Yes, submit it")
    assert stored(house).status == "submitted"


def test_what_was_rated_since_the_question_is_asked_again(house: House) -> None:
    house.rate("ORG-01", 2)
    test = press(at("assess/review.py"), "Submit this assessment")
    house.rate("ORG-02", 2)
    test = press(test, "Yes, submit it")
    assert stored(house).status == "draft"
    press(press(test, "Submit this assessment"), "Yes, submit it")
    assert stored(house).status == "submitted"


def test_where_nothing_is_rated_nothing_is_asked(house: House) -> None:
    test = press(at("assess/review.py"), "Submit this assessment")
    assert "Nothing has been rated yet" in test.error[0].value
    assert "Submit it now?" not in written(test)


def test_without_an_assessment_the_page_still_has_its_name(house: House) -> None:
    house.write(archive_assessment, house.assessment)
    assert rating().title[0].value == "Rate"


def test_the_caption_of_not_applicable_is_a_sentence(house: House) -> None:
    captions = [option.partition("*")[2] for radio in rating(open="ORG-04").radio for option in radio.options]
    assert len(captions) > 10
    assert [caption for caption in captions if caption[:1].islower()] == []


def test_reopening_asks_for_a_reason_and_searches_it(house: House) -> None:
    house.rate("ORG-01", 2)
    house.submit()
    test = press(at("assess/review.py"), "Reopen it")
    assert "reason" in test.error[0].value
    fill(test, "Why it is opened again", PHONE)
    test = press(test, "Reopen it")
    fill(test, WHY_NOT, "It is our front desk")
    test = press(test, "Reopen it")
    assert "Reopened" in written(test)
