"""Every rule has a file that breaks it, and the file that it was made from breaks none."""

from pathlib import Path

import pytest

from standards import catalogue
from standards.faults import RULES, BadChecklist, Fault

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")


def broken(old: str, new: str) -> str:
    assert old in SMALL, f"{old!r} is not in small.toml"
    return SMALL.replace(old, new)


def found(text: bytes | str, rule: str) -> Fault:
    faults = catalogue.faults_in(text, "mine.toml")
    matching = [fault for fault in faults if fault.rule == rule]
    assert matching, f"{rule} not among {[str(fault) for fault in faults]}"
    return matching[0]


def test_the_file_that_the_others_are_made_from_has_no_fault() -> None:
    assert catalogue.faults_in(SMALL, "mine.toml") == []


FIRST = 'text = "A written policy sets out how visitors are greeted"'
STEP = 'value = 4\nname = "Mostly"'
SECOND_DOMAIN = '[[domain]]\nid = "YARD"\ntitle = "In the yard"\n\n[[standard]]'
SECOND_SOURCE = '[[source]]\nid = "b"\ncitation = "B"\nverification = "seed"\nchecked = 2026-11-21\n\n[[domain]]'
SECOND_STANDARD = (
    '[[standard]]\nid = "H-2"\ndomain = "DOOR"\nsource = "handbook"\ncites = "Chapter 3"\ntext = "x"\n\n[[indicator]]'
)

# rule, what is changed to what, and what the author must be told: where, and what to do
CASES = [
    ("not-toml", 'title = "At the door"', "title = At the door", ["line 15"], "quotes"),
    ("not-toml", 'class = "critical"', 'class = "critical"\nclass = "standard"', ["line 30"], "twice"),
    ("unknown-key", 'class = "critical"', 'klass = "critical"', ["indicator DOOR-01", "klass"], 'mean "class"'),
    ("unknown-key", "[[source]]", "[[sources]]", ["sources"], 'mean "source"'),
    ("unknown-key", 'ladders = "ladders-1.0"', 'ladders = "ladders-1.0"\nshared = 1', ["shared"], 'mean|Known'),
    ("unknown-key", "duty = { when", 'duty = { whn = "x", when', ["DOOR-01", "duty", "whn"], 'mean "when"'),
    ("missing-key", f"{FIRST}\n", "", ["indicator DOOR-01", "text"], "Add text"),
    ("missing-key", 'title = "A warm welcome"\n', "", ["title"], "Add title"),
    ("wrong-type", 'title = "At the door"', "title = false", ["domain DOOR", "title"], "quotes"),
    ("wrong-type", "[[domain]]", "[domain]", ["domain"], "double brackets"),
    ("wrong-type", "checked = 2026-11-21", 'checked = "2026-11-21"', ["source handbook"], "without quotes"),
    ("wrong-type", 'evidence = ["document"]', 'evidence = "document"', ["evidence"], "list"),
    ("wrong-type", 'cue = { 3 = "The policy names the front desk." }', 'cue = "x"', ["cue"], "{ 3 ="),
    ("wrong-type", STEP, 'value = 4.0\nname = "Mostly"', ["ladder door-count", "value"], "whole number"),
    ("number-for-text", 'edition = "1.0"', "edition = 1.10", ["edition"], 'edition = "1.10"'),
    ("number-for-text", 'id = "H-1"', "id = 7", ["standard 7", "id"], 'id = "7"'),
    ("bad-choice", 'class = "critical"', 'class = "duty"', ["DOOR-01", "class"], "duty = {"),
    ("bad-choice", 'subject = "site"', 'subject = "house"', ["subject"], '"site", "staff"'),
    ("bad-choice", '"state:WY"', '"Wyoming"', ["DOOR-01", "when"], '"state:WY"'),
    ("bad-choice", '"log"', '"logs"', ["DOOR-02", "evidence"], '"log"'),
    ("out-of-range", STEP, 'value = 7\nname = "Mostly"', ["ladder door-count, level 7"], "0 to 4"),
    ("out-of-range", 'class = "critical"', "weight = 9", ["weight"], "1 to 3"),
    ("out-of-range", "below = 101", "below = 140", ["below"], "101"),
    ("control-character", "A warm welcome", "A warm\\u0000 welcome", ["title"], "again"),
    ("too-long", "A warm welcome", "w" * 5001, ["title"], "fewer"),
    ("too-long", 'id = "DOOR-02"', f'id = "D{"0" * 40}"', ["id"], "40"),
    ("bad-id", 'id = "DOOR-02"', 'id = "DOOR 02"', ["indicator DOOR 02"], "letters"),
    ("bad-id", 'id = "DOOR-02"', 'id = "DOOR-\u0661"', ["indicator"], "letters"),
    ("bad-id", 'edition = "1.0"', 'edition = "../1"', ["edition"], "letters"),
    ("duplicate-id", 'id = "DOOR-02"', 'id = "door-01"', ["indicator door-01"], "another id"),
    ("duplicate-id", 'id = "DOOR-02"', 'id = "DOOR-0\uff11"', ["indicator"], "another id"),
    ("duplicate-id", 'id = "door-count"', 'id = "policy"', ["ladder policy"], "another id"),
    ("dangling-id", 'domain = "DOOR"', 'domain = "DOR"', ["standard H-1", "domain"], 'mean "DOOR"'),
    ("dangling-id", 'source = "handbook"', 'source = "nowhere"', ["standard H-1", "source"], "handbook"),
    ("dangling-id", 'standard = "H-1"\ntext = "V', 'standard = "H-9"\ntext = "V', ["DOOR-02", "standard"], "H-1"),
    ("id-case", 'domain = "DOOR"', 'domain = "door"', ["standard H-1", "domain"], 'Write "DOOR"'),
    ("empty-text", FIRST, 'text = "  "', ["indicator DOOR-01", "text"], "Write it"),
    ("empty-text", 'na = "Nobody visits the site"', 'na = " "', ["na"], "take the key out"),
    ("missing-citation", 'cites = "Chapter 2"', 'cites = ""', ["standard H-1", "cites"], "where"),
    ("missing-citation", 'cites = "Chapter 2"\n', "", ["standard H-1", "cites"], "Add cites"),
    ("missing-citation", 'citation = "Riverbend handbook, 2026"\n', "", ["source handbook"], "Add citation"),
    ("duty-without-citation", 'cites = "Rule 7"', 'cites = ""', ["DOOR-01", "duty"], "law or rule"),
    ("duty-without-citation", 'cites = "Rule 7", ', "", ["DOOR-01", "duty"], "Add cites"),
    ("double-barrelled", "how visitors are greeted", "how visitors are greeted and seated", ["DOOR-01"], "two"),
    ("no-evidence", 'evidence = ["log"]\n', "", ["indicator DOOR-02", "evidence"], "evidence ="),
    ("domain-without-indicators", "[[standard]]", SECOND_DOMAIN, ["domain YARD"], "indicator"),
    ("standard-without-indicators", '[[indicator]]\nid = "DOOR-01"', f'{SECOND_STANDARD}\nid = "DOOR-01"', ["H-2"],
        "H-2"),
    ("unused-source", "[[domain]]", SECOND_SOURCE, ["source b"], "Name it"),
    ("unknown-ladders", "ladders-1.0", "ladders-9.9", ["ladders"], "ladders-1.0"),
    ("unknown-ladders", "ladders-1.0", "../../etc/passwd", ["ladders"], "ladders-1.0"),
    ("unknown-ladder", 'ladder = "policy"', 'ladder = "polcy"', ["DOOR-01", "ladder"], 'mean "policy"'),
    ("unknown-ladder", 'ladders = "ladders-1.0"\n', "", ["ladder"], "polic|ladders-1.0|door-count"),
    ("missing-level", STEP, 'value = 3\nname = "Mostly"', ["ladder door-count"], "0, 1, 2, 3 and 4"),
    ("doubled-level", STEP, 'value = 0\nname = "Mostly"', ["door-count", "level 0"], "Keep one"),
    ("level-without-words", 'words = "Under half of the days."', 'words = ""', ["door-count, level 0"], "sees"),
    ("level-without-words", 'words = "Under half of the days."\n', "", ["door-count, level 0"], "Add words"),
    ("cue-without-level", "cue = { 3 =", "cue = { 7 =", ["DOOR-01", "cue", "7"], "0, 1, 2, 3 or 4"),
    ("cue-without-level", 'ladder = "share"\n', 'ladder = "door-count"\ncue = { 2 = "x" }\n', ["DOOR-02"], "0, 4"),
    ("cuts-gap", "at_least = 50", "at_least = 60", ["door-count, level 4"], "50"),
    ("cuts-gap", "at_least = 0\n", "at_least = 5\n", ["door-count, level 0"], "0"),
    ("cuts-gap", "at_least = 0\n", "", ["door-count, level 0"], "at_least = 0"),
    ("cuts-gap", "below = 101", "below = 100", ["door-count, level 4"], "below"),
    ("cuts-overlap", "at_least = 50", "at_least = 40", ["door-count, level 4"], "50"),
    ("cuts-overlap", "below = 101", "below = 50", ["door-count, level 4"], "above"),
    ("cuts-unused", 'kind = "counts"', 'kind = "judged"', ["door-count, level 0"], "counts"),
    ("counts-missing", 'ladder = "policy"', 'ladder = "share"', ["DOOR-01", "counts"], "counts = {"),
    ("counts-unused", 'ladder = "share"', 'ladder = "policy"', ["DOOR-02", "counts"], "Take the counts out"),
    ("rolls-up-missing", 'subject = "site"', 'subject = "staff"', ["rolls_up"], "rolls_up ="),
    ("rolls-up-missing", 'subject = "site"', 'subject = "record"\nrolls_up = "policy"', ["rolls_up"], "counts"),
    ("rolls-up-unused", 'subject = "site"', 'subject = "site"\nrolls_up = "share"', ["rolls_up"], "Take"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new", "place", "remedy"), CASES)
def test_what_is_wrong_is_found_and_said(rule: str, old: str, new: str, place: list[str], remedy: str) -> None:
    fault = found(broken(old, new), rule)
    assert fault.severity == RULES[rule].severity
    assert fault.file == "mine.toml"
    assert all(part in fault.place for part in place), fault.place
    assert any(part in fault.reason + fault.remedy for part in remedy.split("|")), fault
    assert fault.reason.endswith("."), fault
    assert fault.remedy.endswith((".", "?")), fault


def test_faults_of_the_whole_file(tmp_path: Path) -> None:
    assert found(b"\xff\xfei\x00d\x00", "not-utf8").line == 1
    assert found("\ud800", "not-utf8").remedy
    assert found(b"#" * 1_000_001, "too-large").remedy
    assert found("x = " + "[" * 50_000, "too-deep").remedy
    assert found("a" + ".a" * 400_000 + " = 1", "too-deep").line == 1
    assert found("x = " + "9" * 10_000, "not-toml").line == 1
    assert catalogue.faults(tmp_path / "nothing.toml")[0].rule == "no-file"
    assert catalogue.faults(tmp_path)[0].rule == "no-file"
    assert catalogue.faults(Path("a\0b"))[0].rule == "no-file"
    assert catalogue.faults(tmp_path / ("long" * 100))[0].rule == "no-file"


def test_a_file_without_content_says_what_it_lacks() -> None:
    faults = catalogue.faults_in("", "mine.toml")
    assert {'"indicator"', '"domain"', '"standard"', '"source"', '"id"', '"edition"', '"title"', '"subject"'} <= {
        fault.place.removeprefix("top of the file, key ") for fault in faults
    }


def test_a_heading_that_nobody_knows_is_found_where_it_stands() -> None:
    assert found(broken("[[domain]]", "[[domains]]"), "unknown-key").line == 13


def test_single_brackets_do_not_hide_what_stands_below_them() -> None:
    faults = catalogue.faults_in(broken("[[domain]]", "[domain]"), "mine.toml")
    assert [(fault.rule, fault.line) for fault in faults] == [("wrong-type", 13)]


def test_without_any_ladder_that_is_said_once() -> None:
    text = SMALL[: SMALL.index("[[ladder]]")].replace('ladders = "ladders-1.0"\n', "")
    faults = catalogue.faults_in(text, "mine.toml")
    assert [fault.rule for fault in faults] == ["unknown-ladder"]
    assert "ladders-1.0" in faults[0].remedy


def test_faults_are_cut_after_two_hundred() -> None:
    many = "".join(f"k{number} = 1\n" for number in range(60_000))
    faults = catalogue.faults_in(many, "mine.toml")
    assert len(faults) == 201
    assert found(many, "too-many").remedy


def test_ladders_alone_are_checked_but_cannot_be_rated() -> None:
    ladders = 'id = "ours"\nedition = "1.0"\ntitle = "Ours"\n\n' + SMALL[SMALL.index("[[ladder]]") :]
    assert catalogue.faults_in(ladders, "ours.toml") == []
    assert found(ladders.replace("value = 4", "value = 3"), "missing-level").place == "ladder door-count"
    with pytest.raises(BadChecklist) as refused:
        catalogue.read_text(ladders, "ours.toml")
    assert [fault.rule for fault in refused.value.faults] == ["ladders-only"]


def test_everything_is_reported_at_once() -> None:
    text = SMALL.replace('class = "critical"', "wieght = 2").replace('edition = "1.0"', "edition = 1.10")
    text = text.replace('cites = "Chapter 2"', 'cites = ""').replace('ladder = "share"', 'ladder = "shar"')
    text = text.replace('id = "DOOR-02"', 'id = "DOOR-01"')
    faults = catalogue.faults_in(text, "mine.toml")
    expected = ["number-for-text", "missing-citation", "unknown-key", "duplicate-id", "unknown-ladder"]
    assert [fault.rule for fault in faults] == expected
    lines = text.split("\n")
    begins = ["edition = 1.10", "cites = ", "wieght", "id = ", "ladder = "]
    assert [lines[(fault.line or 0) - 1].startswith(begin) for fault, begin in zip(faults, begins, strict=True)] == [
        True
    ] * 5


def test_a_text_over_several_lines_does_not_shift_the_lines() -> None:
    text = SMALL.replace(FIRST, 'text = """\n[[indicator]]\nid = "no"\n"""').replace('"share"', '"shar"')
    fault = found(text, "unknown-ladder")
    assert text.split("\n")[(fault.line or 0) - 1] == 'ladder = "shar"'


def test_nothing_from_the_file_can_disturb_a_screen() -> None:
    fault = found(broken("A warm welcome", "\\u001b[31mred"), "control-character")
    assert str(fault).isprintable()


def test_every_rule_has_a_case() -> None:
    elsewhere = {"no-file", "too-large", "not-utf8", "too-deep", "ladders-only", "too-many"}
    elsewhere |= {"not-a-workbook", "unknown-column", "no-formula"}  # test_sheet.py
    assert {case[0] for case in CASES} | elsewhere == set(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "Bonding between mother and infant is supported",
        "The score is taken before and after the course",
        "Staff can say what to do (call, wait or leave)",
        "Nothing soft or loose lies in it",
        "Android tablets are offered",
    ],
)
def test_one_thing_is_not_called_two(text: str) -> None:
    assert not [f for f in catalogue.faults_in(broken(FIRST, f'text = "{text}"'), "x") if f.rule == "double-barrelled"]


@pytest.mark.parametrize(
    "text",
    [
        "Staff are trained and supervised",
        "Alcohol or tobacco is asked about",
        "The nurse and/or doctor is named",
        "The plan is written as well as signed",
        "Safety & health are checked",
    ],
)
def test_two_things_are(text: str) -> None:
    assert found(broken(FIRST, f'text = "{text}"'), "double-barrelled").severity == "warning"
