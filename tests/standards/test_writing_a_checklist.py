"""The guide for authors holds true: its example passes, and its tables are those of the code."""

import re
from pathlib import Path
from typing import get_args

from standards import catalogue
from standards.faults import RULES
from standards.model import EvidenceKind, Verification

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-checklist.md").read_text(encoding="utf-8")


def example() -> str:
    found = re.findall(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_the_example_has_no_fault_and_can_be_read() -> None:
    assert catalogue.faults_in(example(), "my-checklist.toml") == []
    assert len(catalogue.read_text(example(), "my-checklist.toml").indicators) == 3


def test_the_fault_that_is_shown_is_the_one_that_is_printed() -> None:
    wrong = example().replace('edition = "1.0"', "edition = 1.10")
    assert str(catalogue.faults_in(wrong, "my-checklist.toml")[0]) in GUIDE


def test_the_table_of_rules_is_the_registry() -> None:
    table = re.findall(r"^\| `([a-z0-9-]+)` \| (error|warning) \| (.*) \|$", GUIDE, re.MULTILINE)
    assert table == [(rule.id, rule.severity, rule.says) for rule in RULES.values()]


def test_every_mark_and_kind_of_evidence_is_explained() -> None:
    words = set(re.findall(r"`([a-z0-9-]+)`", GUIDE))
    assert words >= {*get_args(EvidenceKind), *get_args(Verification)}


def test_the_duty_that_is_shown_is_one() -> None:
    duty = re.search(r"`(duty = \{.*\})`", GUIDE)
    assert duty
    text = example().replace('class = "critical"', duty[1])
    assert catalogue.faults_in(text, "my-checklist.toml") == []
    assert catalogue.read_text(text, "my-checklist.toml").indicator["WEL-01"].duty
