"""What is shipped: free of faults, complete against both source documents, and in words of our own."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards import catalogue
from standards.model import Checklist

FILES = sorted(catalogue.LIBRARY.glob("*.toml"))
SEED = {"perinatal-program": 33, "perinatal-staff": 31, "posc-record": 53, "posc-team": 8}
PACKS = {
    "wyoming-rule": 25,
    "federal-access": 19,
    "confidentiality": 7,
    "clinical-care": 22,
    "safe-sleep": 10,
    "collaborative-capacity": 13,
}
REACHED = {
    "SM-A1": "ORG-01..09",
    "SM-A2": "ORG-10..11",
    "SM-A3": "PAR-01..06",
    "SM-A4": "PAR-07..10",
    "SM-A5": "PAR-11..12",
    "SM-A6": "PAR-13..15",
    "SM-S1": "SUP-01..07",
    "SM-S2": "STF-01..07",
    "SM-S3": "STF-08..10",
    "SM-S4": "STF-11..12",
    "SM-S5": "STF-13..15",
    "SM-S6": "STF-16..20",
    "SM-S7": "STF-21..24",
    "SM-S8": "STF-25..31",
    "SW-goal": "POP-18..18",
    "SW-1": "POC-01..04",
    "SW-2": "POP-13..17",
    "SW-3": "POC-05..05 POP-19..19",
    "SW-4.1": "POC-06..08",
    "SW-4.2": "POC-09..13",
    "SW-4.3": "POC-14..18",
    "SW-4.4": "POC-19..24",
    "SW-4.5": "POC-25..29",
    "SW-4.6": "POC-30..35",
    "SW-5": "POP-01..12",
    "SW-6": "POT-01..07",
}
PULSE = """
    ORG-03 ORG-04 ORG-05 ORG-11 PAR-01 PAR-03 PAR-07 PAR-11 PAR-13 SUP-01 SUP-03 STF-04 STF-07 STF-08 STF-13 STF-25
    POC-02 POC-18 POC-30 POP-01 POP-05 POP-08 POT-02 POT-04
"""


def shipped(name: str) -> Checklist:
    return catalogue.library()[name, "1.0"]


def ids(ranges: str) -> set[str]:
    """ "POC-05..05 POP-19..19" -> {"POC-05", "POP-19"}"""
    found = re.findall(r"(\w+)-(\d+)\.\.(\d+)", ranges)
    return {f"{name}-{number:02}" for name, start, end in found for number in range(int(start), int(end) + 1)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file_is_free_of_faults(path: Path) -> None:
    assert [str(fault) for fault in catalogue.faults(path)] == []


def test_a_file_is_named_for_its_id_and_edition() -> None:
    names = {f"{name}-{edition}.toml" for name, edition in catalogue.library()}
    names |= {f"{name}.toml" for name in catalogue.shared_ladders()}
    assert names == {path.name for path in FILES}


def test_how_many_indicators_there_are() -> None:
    counts = {name: len(checklist.indicators) for (name, _), checklist in catalogue.library().items()}
    assert counts == {**SEED, **PACKS, "pulse": 24}
    assert sum(SEED.values()) == 125
    assert sum(PACKS.values()) == 96


def test_every_bullet_of_both_documents_is_reached_by_exactly_its_indicators() -> None:
    reached: dict[str, set[str]] = {}
    for name in SEED:
        for indicator in shipped(name).indicators:
            reached.setdefault(indicator.standard, set()).add(indicator.id)
    assert reached == {bullet: ids(ranges) for bullet, ranges in REACHED.items()}


def test_the_short_form_holds_its_twenty_four() -> None:
    pulse = shipped("pulse")
    assert pulse.form == "short"
    assert {indicator.id for indicator in pulse.indicators} == set(PULSE.split())


def test_packs_are_marked_as_packs_and_nothing_else_is() -> None:
    assert {name for (name, _), checklist in catalogue.library().items() if checklist.pack} == set(PACKS)


def test_every_standard_says_where_it_comes_from() -> None:
    for checklist in catalogue.library().values():
        for standard in checklist.standards:
            source = checklist.source[standard.source]
            assert standard.cites.strip()
            assert source.citation.strip()
            assert checklist.verification(standard)
            assert source.checked.year >= 2026


def test_every_indicator_has_words_for_each_level_of_its_ladder() -> None:
    for checklist in catalogue.library().values():
        for indicator in checklist.indicators:
            ladder = checklist.ladder_of[indicator.id]
            assert ladder.values in ((0, 1, 2, 3, 4), (0, 4))
            assert all(level.words.strip() for level in ladder.levels)


# Wording of our own


def runs_of_eight(text: str) -> Iterator[tuple[str, str]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("\u2019", "").replace("'", ""))
    for start in range(len(words) - 7):
        run = " ".join(words[start : start + 8])
        yield run, hashlib.sha256(run.encode()).hexdigest()[:12]


def seed_runs() -> set[str]:
    lines = Path(__file__).with_name("seed_shingles.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


def wording(checklist: Checklist) -> Iterator[str]:
    for indicator in checklist.indicators:
        yield from (indicator.text, indicator.about, indicator.na, *indicator.cue.values())
        yield from (indicator.counts.of, indicator.counts.met) if indicator.counts else ()
    yield from (standard.text for standard in checklist.standards)
    for ladder in checklist.ladder_of.values():
        yield from (level.words for level in ladder.levels)


@pytest.mark.parametrize("name", [*SEED, *PACKS, "pulse"])
def test_no_eight_words_in_a_row_are_copied(name: str) -> None:
    copied = seed_runs()
    assert [run for text in wording(shipped(name)) for run, mark in runs_of_eight(text) if mark in copied] == []


def test_a_copied_sentence_would_be_noticed() -> None:
    bullet = "Staff understand the impact of stigma, shame and isolation on the recovery and treatment process."
    copied = seed_runs()
    assert all(mark in copied for _, mark in runs_of_eight(bullet))
