"""What `make check` leaves out is what `tests/slow.txt` lists, by names that are there."""

from pathlib import Path

import pytest

from tests import slowest

ROOT = Path(__file__).resolve().parents[2]


def gone(names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if not is_there(*name.split("::")))


def is_there(file: str, function: str) -> bool:
    path = ROOT / file
    return path.is_file() and f"def {function}(" in path.read_text(encoding="utf-8")


def test_every_test_that_is_listed_is_there() -> None:
    assert gone(slowest.listed()) == []


def test_control_one_that_was_renamed_is_found() -> None:
    assert gone(frozenset({"tests/house/test_slowest.py::test_of_before"})) != []


def test_a_listed_test_is_marked_with_all_its_parameters(request: pytest.FixtureRequest) -> None:
    listed = slowest.listed()
    assert listed
    for item in request.session.items:
        if slowest.function_of(item.nodeid) in listed:
            assert item.get_closest_marker("slow")
    assert slowest.function_of("tests/a.py::test_b[c-d]") == "tests/a.py::test_b"
