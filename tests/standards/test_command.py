"""python -m standards, as an author runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from standards.faults import RULES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GOOD = Path(__file__).with_name("small.toml")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "standards", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_good_file_is_called_good() -> None:
    done = run("check", str(GOOD))
    assert (done.returncode, done.stdout) == (0, "1 file: 0 errors, 0 warnings\n")


def test_a_bad_file_is_named_with_line_place_and_remedy(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.read_text(encoding="utf-8").replace('edition = "1.0"', "edition = 1.10"), encoding="utf-8")
    done = run("check", str(GOOD), str(bad))
    assert done.returncode == 1
    fault, summary = done.stdout.splitlines()
    assert fault.startswith(f'{bad}:2: number-for-text (error): top of the file, key "edition": 1.10 is written as a')
    assert fault.endswith('Put it in quotes: edition = "1.10".')
    assert summary == "2 files: 1 error, 0 warnings"


def test_a_warning_is_printed_and_leaves_the_status_at_nought(tmp_path: Path) -> None:
    file = tmp_path / "warned.toml"
    file.write_text(GOOD.read_text(encoding="utf-8").replace('evidence = ["log"]\n', ""), encoding="utf-8")
    done = run("check", str(file))
    assert done.returncode == 0
    assert "no-evidence (warning): indicator DOOR-02" in done.stdout
    assert done.stdout.endswith("1 file: 0 errors, 1 warning\n")


def test_a_missing_file_is_a_fault_and_no_traceback() -> None:
    done = run("check", "nowhere.toml")
    assert done.returncode == 1
    assert "nowhere.toml: no-file (error): the whole file: There is no such file." in done.stdout
    assert done.stderr == ""


def test_bytes_that_are_no_text_leave_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "bytes.toml"
    file.write_bytes(bytes(range(256)) * 10)
    done = run("check", str(file))
    assert (done.returncode, done.stderr) == (1, "")
    assert "not-utf8" in done.stdout


def test_without_arguments_it_says_how_it_is_used() -> None:
    for arguments in ((), ("check",), ("chekc", str(GOOD))):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("usage: python -m standards check FILE...")


def test_the_shipped_checklists_are_listed() -> None:
    done = run("list")
    assert done.returncode == 0
    assert "perinatal-program 1.0: " in done.stdout
    assert "(subject: site; 33 indicators)" in done.stdout


def test_the_rules_are_listed() -> None:
    listed = [line.split(" (")[0] for line in run("rules").stdout.splitlines()]
    assert listed == list(RULES)
