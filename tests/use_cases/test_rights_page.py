"""docs/rights.md says what the table says."""

from pathlib import Path

from assessments import rights
from assessments.store.access import PARTS, RIGHTS, ROLES

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"


def test_the_page_is_the_table() -> None:
    stale = "The table of rights has changed. Run: python -m assessments rights > docs/rights.md"
    assert PAGE.read_text(encoding="utf-8") == f"{rights.page()}\n", stale


def test_every_act_has_one_row_with_its_roles() -> None:
    rows = [line for line in rights.page().splitlines() if line.startswith("| ") and not line.startswith("| Act")]
    assert len(rows) == len(RIGHTS) == sum(map(len, PARTS.values())), "no act stands in two parts"
    assert sum(row.count("| yes") for row in rows) == sum(map(len, RIGHTS.values()))
    assert all(row.count("|") == len(ROLES) + 2 for row in rows)


def test_words_are_of_acts_and_roles_that_are_there() -> None:
    assert rights.WORDS.keys() <= RIGHTS.keys()
    assert rights.SHORT.keys() == ROLES.keys()
