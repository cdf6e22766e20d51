"""What it is measured with: the arithmetic of the table, the large checklist, and the visitor without a browser."""

import json
import math
from pathlib import Path

import pytest

from bench import __main__ as parts
from bench import clicks, figures, generated, houses
from bench.figures import Figure, Times
from bench.protocol import Lost, Visitor
from bench.sessions import Work, lost
from standards import catalogue
from tests.browser.server import Server
from tests.server import asked

HUNDRED = Times(tuple(n / 1000 for n in range(1, 101)))


def test_a_ratio_is_of_medians() -> None:
    found = figures.ratio("twice", Times((0.2, 0.4, 9.0)), Times((0.1, 0.2, 0.3)), 2.0)
    assert (found.value, found.met) == (2.0, True)
    assert not figures.ratio("more", Times((0.41,)), Times((0.2,)), 2.0).met
    assert (HUNDRED.median, HUNDRED.p95) == (0.0505, 0.095)


def test_the_table_names_what_is_missed_and_the_file_says_the_same(tmp_path: Path) -> None:
    found = [Figure("near", 1.5, 2.0), Figure("never came", math.inf, 10)]
    assert [line.split()[-1] for line in figures.table(found).splitlines()] == ["from", "yes", "NO"]
    figures.write(found, tmp_path / "results.json")
    assert json.loads((tmp_path / "results.json").read_text()) == [
        {"name": "near", "value": 1.5, "goal": 2.0, "met": True},
        {"name": "never came", "value": None, "goal": 10, "met": False},
    ]


def test_the_large_checklist_has_the_longest_screen_in_the_same_words() -> None:
    _, names = houses.longest(houses.PROGRAM)
    content = generated.wide([houses.PROGRAM.indicator[name] for name in names], houses.WIDE)
    wide = catalogue.read_text(content, "wide.toml")
    assert (len(wide.indicators), len(content) < catalogue.LARGEST) == (1800, True)
    few = catalogue.read_text(generated.wide(wide.indicators[: len(names)], 33, "33.0"), "few.toml")
    assert (few.edition, len(few.indicators)) == ("33.0", 33)
    copied = [wide.indicator[generated.indicator_id(60, place)] for place in range(1, len(names) + 1)]
    asked = [houses.PROGRAM.indicator[name] for name in names]
    assert [(one.text, one.cue, one.ladder) for one in copied] == [(one.text, one.cue, one.ladder) for one in asked]


def test_no_round_of_clicks_meets_one_card_twice() -> None:
    _, names = houses.longest(houses.PROGRAM)
    assert clicks.APART % len(names) != 0


def test_every_part_is_told_of_where_the_figures_are() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "performance.md").read_text(encoding="utf-8")
    assert [
        part for part in (*parts.IN_TABS, *parts.ALONE) if f"`{part}`" not in told and f"bench {part}`" not in told
    ] == []


@pytest.mark.slow
def test_a_visitor_without_a_browser_rates_and_the_row_is_there(tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    try:
        (desk, other) = houses.office(server, 1, 2)
        asked.run(lambda: rate_once(server, desk.assessment))
        assert lost(server, [Work(desk, acknowledged={"PAR-01": 2})]) == 0
        assert lost(server, [Work(other, acknowledged={"PAR-01": 2}), Work(desk, acknowledged={"PAR-02": 1})]) == 2
        assert server.mistakes() == []
    finally:
        server.kill()


async def rate_once(server: Server, assessment: str) -> None:
    assert server.cookie
    visitor = Visitor(server.url, dict([server.cookie]), "rate", f"assessment={assessment}&part=PAR-1")
    await visitor.open()
    levels = [label for one in visitor.screen.within("card-PAR-01") for label in one.radio.options]
    took = await visitor.choose(f"levels-{assessment}-PAR-01", levels[2], "To reach 3:", "card-PAR-01")
    assert 0 < took < math.inf
    assert "Saved" in visitor.screen.said("card-PAR-01")
    assert visitor.screen.errors() == []
    with pytest.raises(Lost):
        visitor.screen.widget("nowhere")
    await visitor.close()
