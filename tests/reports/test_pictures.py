"""Charts as pictures: they come from a child process, with their text, in the colors of a light screen."""

import io
import struct
import tomllib
from pathlib import Path

import pytest

from reports import frames, pictures, words
from tests.reports.papers import plan_of
from tests.reports.test_document import small

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_pictures_come_in_their_order_with_their_text() -> None:
    frame = frames.domains(small())
    named, nameless = pictures.domains(frame), pictures.domains(frame.assign(title=""))
    low = pictures.domains(frame, pictures.FLAT)
    first, again, without, flat = pictures.drawn([named, named, nameless, low])
    assert first == again
    assert first != without, "no text was drawn"
    assert [size(one)[0] > pictures.SCALE * width for one, width in ((first, 640), (flat, 900))] == [True, True]
    assert size(first)[0] < size(flat)[0]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", io.BytesIO(png[16:24]).read())
    return width, height


def test_colors_are_those_of_the_light_screen() -> None:
    light = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]["light"]
    assert list(pictures.RAMP) == light["chartSequentialColors"]
    assert list(pictures.CATEGORY[:-1]) == light["chartCategoricalColors"][:-1]
    assert light["textColor"] == pictures.INK


def test_a_picture_says_what_it_shows() -> None:
    report = small()
    said = pictures.domains(frames.domains(report)).alt
    assert "Title of PAR: 3.0, target 3.0." in said
    (strip,) = pictures.strips(frames.cells(report, words.STATES, words.SIGNS))
    assert "ORG: 2!, 1, n/a, ?" in strip.alt
    plan = plan_of("ORG-1", "Callers")
    measured = pictures.measured(plan.measures[0], plan.rounds).alt
    assert "November 2, 2026: 2 of 20" in measured
    assert "Test 1 began on November 2, 2026" in measured


def test_no_picture_is_no_child() -> None:
    assert pictures.drawn([]) == []


def test_where_nothing_can_be_drawn_it_says_so_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "DRAWER", ROOT / "nowhere.py")
    with pytest.raises(pictures.Undrawn, match="Nothing is lost"):
        pictures.drawn([pictures.domains(frames.domains(small()))])
