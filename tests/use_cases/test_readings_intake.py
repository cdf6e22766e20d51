"""What offline readers bring back: shown first, then taken in whole or not at all; no date is ever kept."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assessments.errors import BadInput, Conflict
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.audit import faults as chain_faults
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.clocks import record_clocks
from assessments.use_cases.readings_back import ReadingsPreview, ReadingsTaken
from assessments.use_cases.readings_intake import take_in_readings
from assessments.use_cases.record_ratings import Found, rate_record, record_ratings
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import mark_took_part, team_marks
from reports.reading_form import CLOCKS, READING, TEAM
from tests.reports.readings import Pen, previewed, read, taken_out, wrong
from tests.use_cases.cast import CANNOT_JUDGE, NOW, everything, level
from tests.use_cases.reviewed import RULE, Reviewed, reviewed

BORN, DONE, HOME = datetime(2026, 3, 9, 4, 17), "03/10/2026", date(2026, 3, 12)  # noqa: DTZ001  # as a cell holds it


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def take(review: Reviewed, seen: ReadingsPreview, *mine: Any) -> ReadingsTaken:
    found: ReadingsTaken = review.house.write(take_in_readings, review.house.assessment, seen, mine)
    return found


def found(review: Reviewed, record: str, reader: str = "first") -> dict[str, Found]:
    by_record = review.house.read(record_ratings, review.house.assessment, [record], reader)
    answers: dict[str, Found] = by_record.get(record, {})
    return answers


def dated(pen: Pen, code: str = "P-001") -> Pen:
    pen.write(code, "Birth", BORN, CLOCKS).write(code, "Plan complete", DONE, CLOCKS)
    return pen.write(code, "Mother's discharge", HOME, CLOCKS)


def test_answers_marks_and_dates_come_in_together(review: Reviewed) -> None:
    one, other = review.lists(2)
    pen = Pen(taken_out(review)).write("P-001", "POC-01", "3 Acted on").write("P-001", "POC-02", 1)
    pen.write("P-002", "POC-01", "Cannot judge").write("P-002", "POC-09", "not applicable").write(
        "P-002", "POP-08", "yes"
    )
    pen.write("P-001", "POT-01", "Took part", TEAM)
    before = everything(review.house.engine)
    seen = previewed(review, dated(pen).content())
    assert everything(review.house.engine) == before
    assert len(seen.changes) == len(seen.differences) == 7
    assert take(review, seen) == ReadingsTaken(answers=5, clocks=1, marks=1)
    assert found(review, one)["POC-01"].answer == level(3) and found(review, one)["POC-02"].answer == level(1)
    assert (found(review, one)["POP-05"].answer, found(review, one)["POP-05"].clocked) == (level(4), True)
    answers = {name: each.answer for name, each in found(review, other).items()}
    assert answers == {"POC-01": CANNOT_JUDGE, "POC-09": Answer(State.NOT_APPLICABLE), "POP-08": level(4)}
    assert review.house.read(team_marks, review.review, [one]) == {one: {"POT-01": "took-part"}}
    assert (
        review.house.read(record_clocks, review.review, [one])[one]["complete-before-mother-home"].came_to.elapsed == -2
    )
    with database.reading(review.house.engine) as db:
        assert chain_faults(db, review.house.actor.agency_id) == []


def test_no_date_is_kept_and_none_comes_out_again(review: Reviewed) -> None:
    review.lists(1)
    content = dated(Pen(taken_out(review))).content()
    assert "2026-03-12" in text_of(content), "the control"
    seen = previewed(review, content)
    assert "2026, 3" not in repr(seen) and "2026-03" not in repr(seen)
    take(review, seen)
    kept = repr(everything(review.house.engine))
    again = text_of(taken_out(review))
    for trace in ("2026-03-09", "2026-03-12", "03/10/2026", "2026, 3,", "4, 17"):
        assert trace not in kept and trace not in again
    assert "clocks" in again


def text_of(content: bytes) -> str:
    book = Pen(content).book
    return "\n".join(str(cell.value) for leaf in book for row in leaf.iter_rows() for cell in row if cell.value)


def test_the_same_file_again_changes_nothing_and_blank_leaves(review: Reviewed) -> None:
    (one,) = review.lists(1)
    content = dated(Pen(taken_out(review)).write("P-001", "POC-01", 3)).content()
    take(review, previewed(review, content))
    before = everything(review.house.engine)
    seen = previewed(review, content)
    assert seen.differences == () and take(review, seen) == ReadingsTaken()
    blank = Pen(taken_out(review)).write("P-001", "POC-01", None).content()
    assert previewed(review, blank).differences == ()
    assert everything(review.house.engine) == before
    cleared = previewed(review, Pen(taken_out(review)).write("P-001", "POC-01", "Clear").content())
    take(review, cleared)
    assert found(review, one)["POC-01"].answer == UNRATED


def test_what_somebody_changed_meanwhile_is_a_conflict(review: Reviewed) -> None:
    (one,) = review.lists(1)
    draft = review.house.assessment
    review.house.write(rate_record, draft, one, "POC-01", level(2), 0)
    content = Pen(taken_out(review)).write("P-001", "POC-01", 3).write("P-001", "POT-02", "Did not", TEAM).content()
    review.house.write(rate_record, draft, one, "POC-01", level(1), 1)
    review.house.write(mark_took_part, review.review, one, {"POT-02": "took-part"}, {})
    seen = previewed(review, content)
    told = [(each.about, each.base, each.stored, each.mine, each.by) for each in seen.conflicts]
    assert told == [
        ("POC-01", level(2), level(1), level(3), "Ann Able"),
        ("POT-02", None, "took-part", "not-there", "Ann Able"),
    ]
    assert take(review, seen) == ReadingsTaken(left=2)
    assert found(review, one)["POC-01"].answer == level(1)
    assert take(review, seen, *(each.key for each in seen.conflicts)).changes == 2
    assert found(review, one)["POC-01"].answer == level(3)


def test_dates_ask_before_they_take_the_place_of_an_answer_given_by_hand(review: Reviewed) -> None:
    (one,) = review.lists(1)
    house, draft = review.house, review.house.assessment
    house.write(choose_pack, *RULE)
    rule = house.write(start_assessment, house.site, house.cycle, *RULE)
    house.write(rate_record, draft, one, "POP-05", level(0), 0)
    content = dated(Pen(taken_out(review))).write("P-001", "Infant's discharge", HOME, CLOCKS).content()
    house.write(rate_record, rule, one, "ADD-W22", level(0), 0)
    (seen,) = previewed(review, content).conflicts
    assert (seen.part, seen.gives_way) == ("clocks", ("ADD-W22", "POP-05")), "in every checklist of the review"
    assert take(review, previewed(review, content)) == ReadingsTaken(left=1)
    assert found(review, one)["POP-05"].answer == level(0) and not house.read(record_clocks, review.review, [one])
    before = previewed(review, content)
    house.write(rate_record, rule, one, "ADD-W22", level(4), 1)
    with pytest.raises(Conflict, match="while you were looking"):
        take(review, before, seen.key)
    assert take(review, previewed(review, content), seen.key).clocks == 1
    assert found(review, one)["POP-05"].answer == level(4)


def test_dates_that_say_what_was_answered_by_hand_ask_nothing(review: Reviewed) -> None:
    (one,) = review.lists(1)
    review.house.write(rate_record, review.house.assessment, one, "POP-05", level(4), 0)
    seen = previewed(review, dated(Pen(taken_out(review))).content())
    assert seen.conflicts == () and [each.part for each in seen.changes] == ["clocks"]


def test_what_changed_during_the_preview_stops_all(review: Reviewed) -> None:
    (one,) = review.lists(1)
    seen = previewed(review, Pen(taken_out(review)).write("P-001", "POC-01", 3).write("P-001", "POC-02", 3).content())
    review.house.write(rate_record, review.house.assessment, one, "POC-02", level(0), 0)
    before = everything(review.house.engine)
    with pytest.raises(Conflict, match="while you were looking"):
        take(review, seen)
    assert everything(review.house.engine) == before


def test_all_that_is_wrong_is_told_by_cell_and_nothing_is_written(review: Reviewed) -> None:
    review.lists(3, drawn=2)
    review.lists(1, put_aside="not-found")
    pen = Pen(taken_out(review))
    pen.write("P-001", "POC-01", 7).write("P-001", "POC-10", "Not applicable").write("P-002", "POC-02", "03/14/2026")
    pen.write("P-002", "POC-03", "=1+1").write("P-002", "POT-01", "Maybe", TEAM)
    for code in ("P-003", "P-004", "NEW-1", "P-001"):
        pen.add(code, "POC-01", 2)
    pen.write("P-001", "Mother's discharge", date(2026, 3, 1), CLOCKS).write("P-001", "Birth", BORN, CLOCKS)
    pen.write("P-002", "Birth", "soon", CLOCKS)
    before = everything(review.house.engine)
    content = pen.content()
    told = dict(wrong(review, content))
    assert "none of the choices" in told[f"{READING}, C3"]
    assert "none of the choices" in told[f"{READING}, D4"]
    assert "formula" in told[f"{READING}, E4"]
    assert "applies to every" in told[f"{READING}, L3"]
    assert "not drawn" in told[f"{READING}, A5"]
    assert "put aside" in told[f"{READING}, A6"]
    assert "not on the list" in told[f"{READING}, A7"]
    assert "row 3 already" in told[f"{READING}, A8"]
    assert "lies before" in told[next(where for where in told if where.startswith(f"{CLOCKS}, ") and "2" in where)]
    assert any("no date" in said for where, said in told.items() if where.startswith(CLOCKS))
    assert any("none of the choices" in said for where, said in told.items() if where.startswith(TEAM))
    assert len(told) == 11
    said = repr(told)
    for typed in ("2026", "soon", "=1", "NEW", "Maybe"):
        assert typed not in said.replace("2026-03-31", "").replace("03/31/2026", "")
    with pytest.raises(BadInput, match="faults in the workbook"):
        take(review, previewed(review, content))
    assert everything(review.house.engine) == before


def test_a_level_that_the_dates_contradict_is_a_fault_and_the_same_is_none(review: Reviewed) -> None:
    (one,) = review.lists(1)
    assert wrong(review, dated(Pen(taken_out(review))).write("P-001", "POP-05", "Yes").content()) == []
    told = wrong(review, dated(Pen(taken_out(review))).write("P-001", "POP-05", "No").content())
    assert len(told) == 1 and "dates of this record say otherwise" in told[0][1]
    take(review, previewed(review, dated(Pen(taken_out(review))).content()))
    out = taken_out(review)
    assert Pen(out).cell("P-001", "POP-05").value == "Yes (from the dates)"
    assert previewed(review, out).differences == ()
    assert "say otherwise" in wrong(review, Pen(out).write("P-001", "POP-05", "No").content())[0][1]
    assert found(review, one)["POP-05"].clocked


def test_the_second_reader_gets_nothing_of_the_first_and_only_what_two_read(review: Reviewed) -> None:
    one, _ = review.lists(1, second=True)[0], review.lists(1)
    review.house.write(rate_record, review.house.assessment, one, "POC-01", level(3), 0)
    out = taken_out(review, "second")
    pen = Pen(out)
    assert pen.cell("P-001", "POC-01").value is None
    assert {CLOCKS, TEAM}.isdisjoint(pen.book.sheetnames)
    pen.write("P-001", "POC-01", 1).add("P-002", "POC-01", 1)
    assert "read once" in wrong(review, pen.content())[0][1]
    take(review, previewed(review, Pen(out).write("P-001", "POC-01", 1).content()))
    assert found(review, one)["POC-01"].answer == level(3)
    assert found(review, one, "second")["POC-01"].answer == level(1)
    for reader in ("first", "second"):
        review.finds(one, {name: 4 for name in review.checklist.indicator if name != "POC-01"}, reader)
    review.change(compared_at=NOW)
    assert "compared and stays" in wrong(review, Pen(out).write("P-001", "POC-01", 2).content())[0][1]


def test_a_workbook_of_another_assessment_or_a_changed_one_is_refused(review: Reviewed) -> None:
    review.lists(1)
    returned = read(review, taken_out(review)).returned
    assert returned.reader == "first"
    elsewhere = Pen(taken_out(review))
    elsewhere.book["Base"]["B2"].value = "another"
    with pytest.raises(BadInput, match="another review"):
        previewed(review, elsewhere.content())


def statements(review: Reviewed, records: int) -> int:
    """How many it takes to write every answer of so many records."""
    review.lists(records)
    pen = Pen(taken_out(review))
    for row in pen.book[READING].iter_rows(min_row=pen.book[READING].max_row - records + 1, min_col=3):
        for cell in row:
            cell.value = "Cannot judge"
    seen, seen_by_engine = previewed(review, pen.content()), []
    event.listen(review.house.engine, "before_cursor_execute", lambda *_: seen_by_engine.append(1))
    assert take(review, seen).answers == records * 53
    return len(seen_by_engine)


def test_it_is_written_in_bulk(review: Reviewed) -> None:
    assert statements(review, 20) <= statements(review, 2) + 2


def test_a_column_that_is_not_ours_and_holds_text_is_told(review: Reviewed) -> None:
    review.lists(1)
    pen = Pen(taken_out(review))
    assert read(review, pen.content()).others == ()
    sheet = pen.book["Reading"]
    column = sheet.max_column + 1
    for place, heading in enumerate(("Notes", "Mother name", "Only a heading")):
        sheet.cell(1, column + place).value = heading
        sheet.cell(3, column + place).value = None if place == 2 else "Anna Miller"
    back = read(review, pen.content())
    assert back.others == ("Reading: “Notes”", f"Reading: column {sheet.cell(1, column + 1).column_letter}")
    assert not back.faults and "Anna" not in repr(back)
