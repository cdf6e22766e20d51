"""The charts of a document: what each draws, what it says to whoever does not see it, and drawing them as pictures.

They are drawn in a child process (`picture_drawer.py`), all of a document at once.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from assessments.errors import ToolkitError
from assessments.use_cases.plans import MeasureLine, RoundLine
from reports import charts, charts_gaps, frames, over_time, words
from reports.paper import Picture

DRAWER = Path(__file__).with_name("picture_drawer.py")
SECONDS = 120
VEGA_LITE = "6.4"
WIDTH, FLAT, SCALE = 640, 900, 2
"""Pixels: of the drawn part, and of one that has to stay low on its page; and how many dots a pixel has."""
ROW = 44
STRIPS, BARS = 10, 18
"""In one picture: half a page, and what a page holds."""
LEFT_OUT = 12
"""More values than these are not read out one by one."""
KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
INK = "#0a1214"
CATEGORY = ("#1f6f78", "#b3541e", "#6b5b95", "#4a7c3a", "#8a6d00", INK)
RAMP = (
    *("#eef5f5", "#d9e9ea", "#c0dbdd", "#a4cbce", "#86b9bd"),
    *("#66a4aa", "#488d95", "#2f767f", "#1f6069", "#144850"),
)
CONFIG: Mapping[str, Any] = {
    "background": "#ffffff",
    "font": "Liberation Sans, Arial, sans-serif",
    "range": {"category": CATEGORY, "ramp": RAMP},
    "mark": {"color": CATEGORY[0]},
    "text": {"limit": WIDTH},
    "axis": {"labelFontSize": 12, "labelColor": INK, "gridColor": "#c9d3d6"},
    "view": {"stroke": "#c9d3d6"},
}
"""The theme of a light screen, as `.streamlit/config.toml` has it, with the ink of text for lines."""


class Undrawn(ToolkitError):
    """The pictures of a document did not come."""


def domains(frame: pd.DataFrame, width: int = WIDTH) -> Picture:
    """A row a domain, of `frames.domains`."""
    said = " ".join(_domain(row) for row in frame.to_dict("records"))
    height = ROW * len(frame) + charts.AXIS
    return Picture(
        _sized(charts_gaps.domains(frame).whole(), height, width), f"Bars: score by domain against target. {said}"
    )


def strips(frame: pd.DataFrame) -> Iterator[Picture]:
    """Of `frames.cells`, as many pictures as it takes."""
    names = list(dict.fromkeys(frame["strip"]))
    for first in range(0, len(names), STRIPS):
        shown = names[first : first + STRIPS]
        part = frame[frame["strip"].isin(shown)]
        known = f"{shown[0]} to {shown[-1]}" if len(shown) > 1 else shown[0]
        levels = "; ".join(
            f"{name}: {', '.join(part.loc[part['strip'] == name, 'sign'].astype(str))}" for name in shown
        )
        spec = _sized(charts_gaps.strip(part).whole(), charts.CELL * len(shown))
        yield Picture(spec, f"A cell an indicator with its level, {known}. {levels}.")


def measured(line: MeasureLine, rounds: Sequence[RoundLine]) -> Picture:
    """Its values over time with their median, and the tests of change that began meanwhile."""
    frame, (within, _) = frames.measured(line), over_time.begun(rounds, line.values)
    values = [f"{words.day(value)}: {said}" for value, said in zip(frame["on"], frame["words"], strict=True)]
    if len(values) > LEFT_OUT:
        values = [values[0], f"{len(values) - 2} more, in the table", values[-1]]
    begun = [f" {over_time.label(one)} began on {words.day(one[1].details.starts)}." for one in within]
    said = f"Line of the values of {line.details.name}, with their median. {'; '.join(values)}.{''.join(begun)}"
    chart = charts.measured(frame, over_time.changes(within, line.values))
    return Picture(_sized(chart.to_dict(validate=False)), said)  # the tests validate it; here that is half the time


def drawn(pictures: Sequence[Picture]) -> list[bytes]:
    """PNG, in the same order; Undrawn where they do not come."""
    if not pictures:
        return []
    order = {
        "specs": [picture.spec for picture in pictures],
        "vl_version": VEGA_LITE,
        "config": CONFIG,
        "scale": SCALE,
    }
    return [base64.b64decode(one) for one in json.loads(_child(json.dumps(order).encode()))]


def _child(order: bytes) -> bytes:
    try:
        ended = subprocess.run(  # noqa: S603  # a fixed command; what people typed is its input alone
            [sys.executable, "-I", "-B", "-X", "utf8", str(DRAWER)],
            input=order,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as died:
        raise Undrawn(
            "The pictures of this document could not be drawn, so it was not made. Nothing is lost. Try again when "
            "this machine is less busy; as a workbook, the same figures can be had without pictures."
        ) from died
    return ended.stdout


def _sized(spec: Mapping[str, Any], height: int | None = None, width: int = WIDTH) -> Mapping[str, Any]:
    return {**spec, "width": width} | ({"height": height} if height else {})


def _domain(row: Mapping[Hashable, Any]) -> str:
    score = "no score yet" if pd.isna(row["score"]) else f"{row['score']:.1f}"
    target = "" if pd.isna(row["target"]) else f", target {row['target']:.1f}"
    return f"{row['title']}: {score}{target}."
