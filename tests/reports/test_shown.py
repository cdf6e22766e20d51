"""Pieces of HTML for pages: what people typed is text in them and nothing else."""

import re

import pytest

from reports import document, shown
from reports.paper import Run, text, typed
from reports.shown import GapRow

NASTY = "<b onclick=x>&\"'"
ESCAPED = "&lt;b onclick=x&gt;&amp;&#34;&#39;"
ROW = GapRow(1, NASTY, NASTY, "duty", True, text(typed(NASTY), Run(NASTY)), text(typed(NASTY)), [(NASTY, f"/{NASTY}")])
PLACES = {"table": 4, "gaps": 9}
"""At which something stands that people typed, or may one day."""


def pieces() -> dict[str, str]:
    return {"table": shown.table([NASTY, NASTY], [[NASTY, NASTY]]), "gaps": shown.gaps([ROW])}


@pytest.mark.parametrize("name", PLACES)
def test_what_was_typed_is_escaped_at_every_place(name: str) -> None:
    found = pieces()[name]
    assert "<b " not in found and "onclick=x>" not in found
    assert found.count(ESCAPED) == PLACES[name]


@pytest.mark.parametrize("name", PLACES)
def test_control_without_escaping_it_would_act(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document._environment.cache_clear()  # templates are compiled with or without it
    monkeypatch.setattr(document._environment(), "autoescape", False)
    try:
        assert pieces()[name].count("<b onclick=x>") == PLACES[name]
    finally:
        document._environment.cache_clear()


def test_a_line_that_was_broken_stays_so_and_only_a_failing_duty_is_red() -> None:
    calm = ROW._replace(urgent=False, asks="One.\nTwo.")
    found = shown.gaps([ROW, calm])
    assert len(re.findall('class="badge urgent"', found)) == 1 and "One.\nTwo." in found
