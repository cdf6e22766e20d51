"""Rating and review as pages: what is saved is said, what is refused is said where it happened, with the way out."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from assessments.store.tables import Assessment
from assessments.use_cases.assessments import archive_assessment, last_place, remember_place
from assessments.use_cases.sheets import OpenSheet, sheet
from assessments.use_cases.trail import audit_trail
from tests.pages.driven import app, at, fill, press, sound, written
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
    choose(rating("ORG-3"), house, "ORG-10", "not-applicable")
    assert house.row("ORG-10").answer.reason == "no infants stay on site"


def test_two_numbers_are_saved_at_once_and_a_refusal_goes_when_it_is_taken_out(house: House) -> None:
    test = choose(rating("ORG-3"), house, COUNTED, "level")
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


def test_an_address_from_before_a_domain_was_cut_still_leads_into_it(house: House) -> None:
    for address, part, title in (
        ({"part": "SUP"}, "SUP-1", "Supervision and training (1 of 2)"),
        ({"part": "SUP", "open": "SUP-05"}, "SUP-2", "Supervision and training (2 of 2)"),
        ({"part": "PAR-3", "open": "SUP-05"}, "PAR-3", "Partnerships (3 of 4)"),
        ({"part": "ZZZ"}, "ORG-1", "Organization policy (1 of 3)"),
    ):
        test = rating(**address)
        assert (test.title[0].value, test.query_params["part"]) == (title, part), address
        place = house.read(last_place)
        assert place is not None and (place.assessment_id, place.part) == (house.assessment, part)


def test_a_place_kept_from_before_a_domain_was_cut_has_its_name_and_is_left_for_another(house: House) -> None:
    house.write(remember_place, house.assessment, "SUP")
    assert "Supervision and training (1 of 2)" in written(app())
    test = rating("SUP")
    assert test.button_group(key=f"part-{house.assessment}").value == "SUP-1"
    test.query_params["part"] = "SUP-2"  # as "Next part" has it
    assert sound(test.run()).title[0].value == "Supervision and training (2 of 2)"
    assert test.button_group(key=f"part-{house.assessment}").value == "SUP-2"


def test_whoever_closes_what_an_old_address_opened_stays_where_it_was(house: House) -> None:
    test = rating("SUP-2")
    test.query_params.update({"part": "SUP", "open": "SUP-05"})
    test = press(sound(test.run()), "Close")
    assert test.title[0].value == "Supervision and training (2 of 2)"
    assert (test.query_params["part"], "open" in test.query_params) == ("SUP-2", False)


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
