"""Reading: what comes out of a file, and that no bytes whatever raise anything but BadChecklist."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standards import catalogue
from standards.faults import RULES, BadChecklist
from tests.growth import LINEAR, TIMES, growth

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
PATH = Path(__file__).with_name("small.toml")
SMALL = PATH.read_text(encoding="utf-8")


def test_a_file_is_read_with_its_ladders() -> None:
    checklist = catalogue.read(PATH)
    assert checklist.key == ("warm-welcome", "1.0")
    assert checklist.ladder_of["DOOR-01"].title == "Written policy or commitment"
    assert checklist.shared is not None
    assert [ladder.id for ladder in checklist.own] == ["door-count"]


def test_an_edition_in_quotes_keeps_its_zero() -> None:
    text = SMALL.replace('edition = "1.0"', 'edition = "1.10"')
    assert catalogue.read_text(text, "mine.toml").edition == "1.10"


def test_layout_does_not_change_the_hash_and_content_does() -> None:
    plain = catalogue.read_text(SMALL, "mine.toml").hash
    windows = b"\xef\xbb\xbf# a remark\r\n" + SMALL.replace("\n", "\r\n").encode()
    assert catalogue.read_text(windows, "mine.toml").hash == plain
    assert catalogue.read_text(SMALL.replace("Rule 7", "Rule 8"), "mine.toml").hash != plain


def test_a_warning_does_not_refuse_a_file() -> None:
    text = SMALL.replace('evidence = ["log"]\n', "")
    assert [fault.severity for fault in catalogue.faults_in(text, "mine.toml")] == ["warning"]
    assert catalogue.read_text(text, "mine.toml").indicator["DOOR-02"].evidence == ()


def test_an_error_refuses_it_with_every_fault() -> None:
    text = SMALL.replace('evidence = ["log"]\n', "").replace('cites = "Rule 7"', 'cites = ""')
    with pytest.raises(BadChecklist, match="duty-without-citation") as refused:
        catalogue.read_text(text, "mine.toml")
    assert {fault.rule for fault in refused.value.faults} == {"no-evidence", "duty-without-citation"}


def test_the_library_is_read_once() -> None:
    assert catalogue.library() is catalogue.library()


# Whatever the file

KEYS = """
    id edition title subject ladders source domain standard indicator ladder level shared duty when cue counts evidence
    text value kind at_least below
""".split()
SCALARS = st.one_of(
    st.sampled_from(
        ['"site"', '"ladders-1.0"', "1.10", "true", "no", "7", "2026-11-21", '"\\u0000"', "nan", "07:30:00"]
    ),
    st.sampled_from(["0x" + "f" * 6000, "9" * 5000, "1e999", '"' + "a" * 6000 + '"', "2026-02-30", "'''", "[[", "{"]),
    st.text(max_size=8).map(lambda text: f"'{text}'"),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.sampled_from(KEYS).map(lambda key: f"[[{key}]]"),
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=3).map(lambda keys: f"[{'.'.join(keys)}]"),
    st.builds(lambda key, value: f"{key} = {value}", st.sampled_from(KEYS), VALUES),
)


def check_never_raises(text: bytes | str) -> None:
    for fault in catalogue.faults_in(text, "any.toml"):
        assert fault.rule in RULES
        assert str(fault).isprintable()
        assert fault.reason
        assert fault.remedy


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    check_never_raises(raw)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    check_never_raises(text)


@settings(max_examples=400, deadline=None)
@example("indicator = [1, {text = 2}, 'x']")
@example("domain = [[]]\n[indicator]\nid = 3\n[ladder]\nlevel = 4")
@example("edition = 0x" + "f" * 6000)
@example("[[ladder]]\nkind = 'counts'\n[[ladder.level]]\nvalue = 0\nat_least = 0x" + "f" * 6000)
@example("[[indicator]]\nduty = {when = [1, 'x', {}], cites = []}\ncue = {9 = 1, 3 = []}\nevidence = [[], 1]")
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_nothing_like_a_checklist_raises(text: str) -> None:
    check_never_raises(text)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_change_to_a_good_file_raises(data: st.DataObject) -> None:
    lines = SMALL.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key = lines[at].split(" = ")[0]
        new = data.draw(st.one_of(LINES, st.builds(f"{key} = {{}}".format, VALUES), st.just("")))
        lines[at : at + data.draw(st.integers(0, 2))] = [new]
    check_never_raises("\n".join(lines))


IDS = [n for n, line in enumerate(SMALL.split("\n")) if line.startswith(("id =", "domain =", "source =", "standard ="))]
REFERRED = [n for n in IDS if SMALL.split("\n")[n].split('"')[1] in ("handbook", "DOOR", "H-1")]


@given(st.sampled_from(REFERRED), st.sampled_from("XYZ"), st.integers(0, 8))
def test_a_changed_id_is_always_found(line: int, letter: str, at: int) -> None:
    lines = SMALL.split("\n")
    key, written = lines[line].split(" = ")[0], lines[line].split('"')[1]
    lines[line] = f'{key} = "{written[:at]}{letter}{written[at:]}"'
    found = catalogue.faults_in("\n".join(lines), "mine.toml")
    assert any(fault.rule == "dangling-id" for fault in found)


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("", "a"),
        ("", "a."),
        ("", "[[indicator]]\n"),
        ("x = '", "b\u00e9"),
        ("", "[[standard]]\nid='a'\ndomain='b'\nsource='c'\ncites=''\ntext=''\n"),
        ('title = """', '"'),
        ("[", " "),
        ("", "x = {a = "),
    ],
)
@pytest.mark.slow
def test_a_large_and_hostile_file_is_refused_in_time_that_grows_as_it_does(start: str, unit: str) -> None:
    def refuse(size: int) -> None:
        assert catalogue.faults_in(start + unit * (size // len(unit)), "any.toml")

    assert growth(refuse, (900_000 if LONG else 300_000) // TIMES) < LINEAR
