"""In a printed document what people typed is text: no element and no attribute more, and not a word else.

PLUMBLINE_LONG=1 tries every string by itself.
"""

import os
from functools import cache

import pytest

from assessments.rules.text import clean
from assessments.store.tables import Agency
from reports.document import visible
from tests.reports.naughty import NAUGHTY
from tests.reports.test_document import AGENCY, PLACES, Read, all_three, small

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
MARKUP = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "<svg/onload=alert(1)>",
    "</td></tr></table><h1>",
    "</style><style>*{display:none}",
    "<!--",
    "--><b>",
    "<![CDATA[<b>]]>",
    "&#60;b&#62;",
    "{{ 7 * 7 }}{% for x in y %}{# gone #}",
    "*a* _b_ `c` [d](e) $g$ :smile: :red[h] :material/home:",
    "www.example.org http://example.org a@example.org",
    "W" * 2_000,
)
ALONE = (*MARKUP, *NAUGHTY) if LONG else ("\n".join(NAUGHTY), "\n".join(MARKUP), *MARKUP[:3], MARKUP[6])
TYPED = [place for place in PLACES if place != "link"]
"""A link is checked before it is stored; `test_document` says what becomes of one that is none."""
Shape = tuple[list[str], list[tuple[str, str]]]


def documents(typed: str) -> list[str]:
    """With the same in every place for text, and for a name of the agency."""
    return all_three(small(**dict.fromkeys(TYPED, typed)), Agency(**{**AGENCY.model_dump(), "name": typed}))


def shape(text: str) -> Shape:
    read = Read(text)
    return read.tags, read.attributes


@cache
def shapes() -> list[Shape]:
    return [shape(text) for text in documents("typed")]


@pytest.mark.parametrize("typed", ALONE, ids=lambda typed: ascii(typed)[:30])
def test_what_was_typed_is_text_and_nothing_else(typed: str) -> None:
    stored = clean(typed)
    found = documents(stored)
    assert [shape(text) for text in found] == shapes()
    assert all(visible(stored) in Read(text).text for text in found)


@pytest.mark.parametrize("typed", ["<b>c</b>", '" onmouseover="alert(1)'])
def test_control_what_is_not_escaped_changes_the_shape(typed: str) -> None:
    assert shape(f'<p title="{typed}">{typed}</p>') != shape('<p title="typed">typed</p>')
