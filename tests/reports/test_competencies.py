"""The matrix: a cell in every state, and what leaves as workbook and on paper."""

import io
import re
from collections.abc import Mapping
from datetime import date, timedelta

import openpyxl
import pytest

from assessments.rules.competency import Given, Standing, State, standing
from assessments.rules.rolled_up import Share
from assessments.use_cases.holding import Colleague
from assessments.use_cases.matrix import Matrix
from reports import competencies, document
from reports.competencies import LEGEND, PURPOSE, SIGNS, Exported, cell, heat
from reports.matrix_workbook import matrix_workbook
from standards import catalogue
from tests.reports.test_document import AGENCY, NOW
from tests.use_cases.cast import STAFF

CHECKLIST = catalogue.library()[STAFF]
TODAY = NOW.date()
NASTY = "<b onclick=x>&\"'=1+1"


def on(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)


STATES: Mapping[State, tuple[Standing, str]] = {
    "at target": (standing(3, [Given("observer", on(1), 4, "live")], TODAY), "4 ✓"),
    "below target": (standing(3, [Given("supervisor", on(1), 1)], TODAY), "1→3"),
    "lapsed": (standing(3, [Given("supervisor", on(400), 3, "live")], TODAY), "3 ↻"),
    "cannot judge": (standing(3, [Given("supervisor", on(1), None)], TODAY), "?"),
    "self-rated only": (standing(3, [Given("self", on(1), 2)], TODAY), "(2)"),
    "not rated": (standing(3, [], TODAY), "·"),
    "not needed": (standing(None, [], TODAY), "–"),
}


def exported(
    *, named: bool, topics: frozenset[str] = frozenset(), code: str = "A-1", name: str = "Ann Able"
) -> Exported:
    given = {("a", "STF-01"): (Given("supervisor", on(1), 3, "session"),), ("a", "STF-02"): (Given("self", on(1), 1),)}
    matrix = Matrix(CHECKLIST, TODAY, {"a": {"STF-01": 3, "STF-02": 3}, "b": {"STF-01": 3}}, given)
    members = [Colleague("a", code, name, "s", frozenset()), Colleague("b", "B-2", "", "s", frozenset())]
    return Exported(matrix, members, topics, AGENCY, "All sites.", NOW, named)


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_sign_of_its_own_and_says_its_name(state: State) -> None:
    found, sign = STATES[state]
    assert found.state == state, "else this would test another state"
    assert (cell(found).sign, cell(found).said) == (sign, state)


def test_no_two_states_share_a_sign_and_each_is_in_the_legend() -> None:
    assert STATES.keys() == LEGEND.keys() == SIGNS.keys()
    bare = [re.sub(r"\d", "", cell(found).sign).strip() for found, _ in STATES.values()]
    assert len(set(bare)) == len(bare)
    assert all(re.sub(r"\d", "", LEGEND[state][0]).strip() == sign for state, sign in zip(STATES, bare, strict=True))


def test_a_level_that_nobody_needs_is_still_a_level() -> None:
    assert cell(standing(None, [Given("observer", on(1), 4, "live")], TODAY)).sign == "4 –"


def test_a_topic_narrows_columns_and_their_headings() -> None:
    told = exported(named=True)
    whole, part = told.heat, heat(told.matrix, told.members, ["REL"], str, named=False)
    assert [sum(count for _, count in one.topics) for one in (whole, part)] == [31, len(part.competencies)]
    assert part.topics == (("Stigma and relational support", len(CHECKLIST.by_domain["REL"])),)
    assert {len(line.cells) for line in part.lines} == {len(part.competencies)}
    assert [line.name for line in part.lines] == ["", ""]


def test_what_people_typed_is_text_on_the_page_and_on_paper() -> None:
    told = exported(named=True, code=NASTY, name=NASTY)
    for made in (document.heat_table(told.heat, "about"), document.matrix_document(told)):
        assert "&lt;b onclick=x&gt;&amp;" in made and "<b onclick" not in made
    assert NASTY in told.heat.lines[0].code, "else this test would prove nothing"


def test_the_table_is_one_for_who_listens() -> None:
    made = document.heat_table(exported(named=True).heat, "Staff by competency")
    assert made.count('<th scope="col"') == 1 + 31 and made.count('<th scope="row"') == 2
    assert "<i>at target</i>" in made and "<i>not rated</i>" in made
    assert 'tabindex="0"' in made, "what scrolls in itself is reached by keys"


@pytest.mark.parametrize("named", [False, True])
def test_paper_and_workbook_say_what_it_is_for_and_hold_names_only_where_asked(named: bool) -> None:
    told = exported(named=named)
    page = document.matrix_document(told)
    book = openpyxl.load_workbook(io.BytesIO(matrix_workbook(told)))
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value]
    for text in (page, "\n".join(cells)):
        assert PURPOSE in text
        assert ("Ann Able" in text) is named
        assert "A-1" in text


def test_the_workbook_lists_each_pair_with_level_target_and_day() -> None:
    book = openpyxl.load_workbook(io.BytesIO(matrix_workbook(exported(named=False, topics=frozenset({"EFF"})))))
    head, first, second, *rest = book["List"].iter_rows(values_only=True)
    assert first[:6] == ("A-1", "STF-01", "at target", 3, 3, None)
    assert first[6].date() == on(1) and first[7].date() > TODAY
    assert second[:6] == ("A-1", "STF-02", "self-rated only", None, 3, 1)
    assert len(rest) == 2 * len(CHECKLIST.by_domain["EFF"]) - 2 and head[0] == "Code"
    assert next(book["Matrix"].iter_rows(min_row=2, values_only=True))[:3] == ("A-1", "3 ✓", "(1)")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Share("shown", 6, 8, 9, None), "6 of 9 at the target"),
        (Share("shown", 6, 8, 9, None), "some are not rated yet"),
        (Share("too few"), "fewer than 5 people"),
        (Share("nobody"), "No role"),
    ],
)
def test_a_share_in_words(found: Share, words: str) -> None:
    assert words in competencies.told(found)
