"""Fields of pages: none cuts what was pasted into it without a word; what is too long is refused, and kept."""

import ast
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "pages"


def cut(source: str) -> list[int]:
    """Lines of calls with a field that takes no more than so many characters."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [one.lineno for one in calls if any(word.arg == "max_chars" for word in one.keywords)]


def test_no_field_cuts_what_is_pasted() -> None:
    found = {path.name: lines for path in PAGES.rglob("*.py") if (lines := cut(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize("source", ['st.text_input("Name", max_chars=10)', 'left.text_area("Why", "", max_chars=N)'])
def test_control_one_that_does_is_found(source: str) -> None:
    assert cut(source) == [1]
