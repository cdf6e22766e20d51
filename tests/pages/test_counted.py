"""A staff checklist on a site, page by page: counted and never rated by hand, and nothing of a small group."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assessments.store import database, place
from assessments.use_cases.assessments import assessments, start_assessment
from assessments.use_cases.staff_counts import count_staff
from assessments.use_cases.submission import submit
from tests.pages.driven import at, press, written
from tests.pages.shown import leads
from tests.use_cases.cast import STAFF, House, riverbend
from tests.use_cases.crew import crew

RESULTS = "insight/gaps insight/ratings insight/confidence insight/report improve/priorities improve/targets".split()


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, House]]:
    """Ten at work on one competency, of whom seven are at target, four on another, five of six on a third; as it is
    before and after the count. Made once, as it takes two seconds.
    """
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATA_DIR", str(before))
        house = opened(riverbend)
        crew(house, [3] * 7 + [1] * 3)
        crew(house, [3, 3, 3, 1], "STF-02", prefix="D")
        crew(house, [3] * 5 + [1], "STF-31", prefix="E")
        crew(house, [3] * 7 + [1] * 4 + [None] * 2, "STF-05", prefix="F")
        crew(house, [None] * 5, "STF-06", prefix="G")
        made = replace(house, assessment=house.write(start_assessment, house.site, house.cycle, *STAFF))
        house.engine.dispose()
        shutil.copytree(before, after, dirs_exist_ok=True)
        environment.setenv("DATA_DIR", str(after))
        again = opened(lambda engine: replace(made, engine=engine))
        again.write(count_staff, again.assessment)
        again.engine.dispose()
    return {"before": (before, made), "after": (after, made)}


def opened(furnish: Callable[[Engine], House]) -> House:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    return furnish(engine)


@pytest.fixture(params=["before"])
def counted(
    request: pytest.FixtureRequest, templates: dict[str, tuple[Path, House]], data_folder: Path
) -> Iterator[House]:
    """The house on its count of staff."""
    folder, made = templates[request.param]
    shutil.copytree(folder, data_folder, dirs_exist_ok=True)
    engine = database.connect(place.database_url())
    yield replace(made, engine=engine)
    engine.dispose()


after_the_count = pytest.mark.parametrize("counted", ["after"], indirect=True)


def shown(house: House, page: str) -> str:
    test = at(f"{page}.py", assessment=house.assessment)
    tables = [table.value.to_string() for table in test.table]
    labels = [button.label for button in test.button]
    return "\n".join([written(test), *tables, *labels])


def test_the_list_leads_to_the_count_and_says_what_it_is(counted: House) -> None:
    test = at("assess/assessments.py")
    assert "not counted yet" in written(test)
    (choice,) = (field for field in test.selectbox if field.label == "Checklist")
    assert any("31 competencies, counted from the ratings of your staff" in option for option in choice.options)


def test_the_page_to_rate_counts_instead(counted: House) -> None:
    test = at("assess/rate.py", assessment=counted.assessment)
    assert "Not counted yet" in written(test) and not test.radio and not test.table
    press(test, "Count the ratings of staff")
    assert "Counted, and saved" in written(test) and not test.radio
    said = "\n".join(table.value.to_string() for table in test.table)
    assert "7 of 10" in said and "Fewer than 5 people here need it" in said and "No role at this site needs it" in said
    assert " of 4" not in said
    assert counted.row("STF-01").answer.met == 7


def test_before_the_count_every_result_leads_to_it(counted: House) -> None:
    for page in RESULTS:
        assert "Nothing is counted yet" in shown(counted, page)


@after_the_count
@pytest.mark.parametrize("page", [*RESULTS, "improve/plan", "assess/review"])
def test_no_page_of_a_result_shows_a_small_group_or_asks_to_rate(counted: House, page: str) -> None:
    said = shown(counted, page)
    assert " of 4 staff" not in said and "3 of 4 " not in said.replace("3 of 4 or more", "")
    assert "next rating" not in said


@after_the_count
def test_who_is_not_rated_is_said_wherever_the_share_stands(counted: House) -> None:
    for page in ("insight/gaps", "insight/ratings", "assess/rate"):
        said = shown(counted, page)
        assert "7 of 13 at the target; some are not rated yet" in said
        assert "that is all there were" not in said and "11 of 13" not in said
    said = shown(counted, "insight/gaps")
    test = at("insight/gaps.py", assessment=counted.assessment)
    assert ("Rate", "/rate_staff?competency=STF-06") in leads(test)
    assert "Not shown: nobody whose role needs it is rated yet" in said
    test = at("assess/rate.py", assessment=counted.assessment)
    assert any("Rate STF-06" in link.proto.label for link in test.get("page_link"))


@after_the_count
@pytest.mark.parametrize("page", ["assess/raters", "assess/compare", "assess/meeting", "assess/workbook"])
def test_what_is_given_by_hand_elsewhere_is_explained_here(counted: House, page: str) -> None:
    said = shown(counted, page)
    assert "Nobody rates this assessment by hand" in said and "Rating workbook" not in said


@after_the_count
def test_a_submitted_count_has_no_button(counted: House) -> None:
    counted.write(submit, counted.assessment)
    test = at("assess/rate.py", assessment=counted.assessment)
    assert "its count stays" in written(test) and not [one for one in test.button if "Count" in one.label]


def test_home_asks_for_the_count_and_then_for_the_review(counted: House) -> None:
    assert "not counted yet" in written(at("home/home.py"))
    counted.write(count_staff, counted.assessment)
    assert "counted from the ratings of your staff" in written(at("home/home.py"))


def test_the_gaps_of_the_program_show_staff_beside_its_score(counted: House) -> None:
    house = replace(counted, assessment=next(one.id for one in counted.read(assessments) if not one.counted))
    house.rate("ORG-01", 3)
    said = shown(house, "insight/gaps")
    assert "Standards SM-S2 to SM-S8" in said and "never averaged" in said and "As of today" in said
    assert "5 of 6" in said and "Fewer than 5 need it" in said
    counted.write(count_staff, counted.assessment)
    counted.write(submit, counted.assessment)
    said = shown(house, "insight/gaps")
    assert "As counted on" in said and "That count is submitted" in said


def test_without_staff_the_gaps_of_the_program_say_how_to_come_by_shares(house: House) -> None:
    house.rate("ORG-01", 3)
    assert "No share can be shown yet" in shown(house, "insight/gaps")
