import re
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.identifiers import Finding, findings
from standards.catalogue import LIBRARY
from tests.growth import LINEAR, TIMES, growth
from tests.rules.clients import STRUCTURED, cued_name, sentence
from tests.rules.notes import NOTES

PER_CLASS = 400
LONGEST = 20_000


def stops(text: str) -> list[Finding]:
    return [finding for finding in findings(text) if finding.stops]


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in findings(text)]


@pytest.mark.parametrize("kind", STRUCTURED)
def test_of_each_class_at_least_97_per_cent_are_stopped(kind: str) -> None:
    random = Random(20251121)
    drawn = [sentence(kind, random) for _ in range(PER_CLASS)]
    missed = [text for text, data in drawn if not any(_overlaps(f, text, data) for f in stops(text))]
    assert len(missed) <= PER_CLASS * 3 // 100, missed[:20]


def _overlaps(finding: Finding, text: str, data: str) -> bool:
    start = text.index(data)
    return finding.start < start + len(data) and start < finding.end


def test_cued_names_only_warn() -> None:
    random = Random(7)
    drawn = [cued_name(random) for _ in range(200)]
    found = [findings(f"We saw {text} today") for text in drawn]
    assert sum(bool(f) for f in found) >= 194
    assert not any(finding.stops for f in found for finding in f)


def test_notes_without_client_data_pass() -> None:
    assert len(NOTES) >= 150
    stopped = {note: [note[f.start : f.end] for f in stops(note)] for note in NOTES if stops(note)}
    assert len(stopped) <= len(NOTES) * 5 // 1000, stopped


def test_the_texts_of_our_checklists_pass() -> None:
    texts = [line for path in sorted(LIBRARY.glob("*.toml")) for line in path.read_text("utf-8").splitlines()]
    if not texts:
        pytest.skip("no checklist is shipped yet")
    lines = [line for line in texts if "=" in line and not line.startswith("checked")]
    stopped = {line: [line[f.start : f.end] for f in stops(line)] for line in lines if stops(line)}
    assert len(stopped) <= len(lines) * 5 // 1000, stopped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("policy approved 2025-03-01", []),
        ("policy approved 1991-03-01", ["date"]),
        ("seen 2025-03-01", ["date"]),
        ("training delivered 2025-03-01", []),
        ("baby delivered 2025-03-01, policy followed", ["date of care"]),
        ("policy signed; client born 2025-03-01", ["birth date"]),
        ("DOB 03141991", ["birth date"]),
        ("her birthday is March 3rd", ["birth date"]),
        ("13/32/1991", []),
        ("call 866-705-2807", []),
        ("call 307-705-2807", ["phone number"]),
        ("record 12", []),
        ("record no. 123456", ["record number"]),
        ("Medicaid 2024-2025", []),
        ("we met Jane Miller there", ["name"]),
        ("we met Valley Health there", []),
        ("Jane was there", []),
    ],
)
def test_where_the_line_is_drawn(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "３０７－５５５－０１２３",
        "307\u2011555\u20110123",
        "307\u200b-555\u200b-0123",
        "307\u00a0555\u00a00123",
        "\U0001d7d1\U0001d7ce\U0001d7d5-555-0123",
    ],
)
def test_other_widths_dashes_and_invisible_signs_hide_nothing(text: str) -> None:
    whole = f"Zoe\u0301 said \ufb01ne: {text} \u2013 ok"
    (found,) = stops(whole)
    assert found.kind == "phone number"
    assert whole[found.start : found.end] == text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_and_places_are_in_it(before: str, after: str) -> None:
    text = f"{before} jane.miller@example.org {after}"
    found = findings(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert any("@" in text[f.start : f.end] and f.stops for f in found)


HARD = [
    "a", "1", "1-", "1 ", "A ", "Aa ", "AaA", "x@", "a.", "a@a.", "a-", "@", "client ", "client:", "mrn ", "mrn 1 ",
    "mrn 1-a-", "(", "3/3/", "3/3/91 ", "policy 3/3/91 ", "march ", "march 3 ", "call her ", "123 Main ", "1 A1 ",
    "delivered ", "123-45-", "307 ", "307-555-", "ssn : ", "\n", "- ", "\u00e9", "e\u0301", "\u200b", "O'", "Aa-Aa ",
]  # fmt: skip


def read(unit: str, size: int) -> None:
    findings((unit * size)[:size])


@pytest.mark.parametrize("unit", HARD)
def test_a_hard_text_takes_longer_only_as_it_is_longer(unit: str) -> None:
    assert growth(partial(read, unit), LONGEST // TIMES) < LINEAR


@pytest.mark.parametrize("word", ["mrn", "client", "call", "Medicaid", "ssn", "12"])
def test_so_does_one_word_before_much_space(word: str) -> None:
    assert growth(lambda size: findings(word + " " * size), LONGEST // TIMES) < LINEAR


def test_control_a_pattern_that_goes_back_is_caught() -> None:
    assert growth(lambda size: re.search(r"(?:a+)b", "a" * size), LONGEST // TIMES) > LINEAR
