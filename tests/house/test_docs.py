"""The documents hold true: scores worked by hand, words of make, paths, links, and a reason for every library."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from assessments.rules.bands import cut
from assessments.rules.scoring import Figures, score
from tests.rules import build

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE = ROOT / "docs" / "architecture.md"
LIBRARIES = ROOT / "docs" / "decisions" / "0003-libraries.md"
ENDINGS = re.compile(r"\w\.(py|md|toml|sh|txt)$")
HEADER = "| Domain | Levels | Mean | Lowest | Highest | Rated | Band | Shown |"
NOT_OURS = {"", "data", "demonstration", ".venv"}
"""Made on a person's machine, or "" for its own root; a fresh clone has none of them."""
EXAMPLES = {"warm-welcome-1.0.toml"}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tables(written: str) -> list[list[list[str]]]:
    """The worked scores: each a list of rows, each a list of cells."""
    found = re.findall(rf"^{re.escape(HEADER)}\n\|[-|]+\|\n((?:\|.*\|\n)+)", written, re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()] for rows in found]


def computed(rows: list[list[str]]) -> list[list[str]]:
    """The same table from the levels in it alone."""
    given = {domain: levels for domain, levels, *_ in rows if domain != "whole"}
    duty = {"duty": build.DUTY, "class_": "critical"}
    changed = {
        f"{domain}-{place}": duty
        for domain, levels in given.items()
        for place, level in enumerate(levels.split(), start=1)
        if level.endswith("!")
    }
    checklist = build.checklist({domain: len(levels.split()) for domain, levels in given.items()}, changed)
    ratings = build.ratings({domain: levels.replace("!", "") for domain, levels in given.items()})
    found = score(checklist, ratings, build.BLOCK_GRANT)
    figures = {**found.domains, "whole": found.whole}
    return [[domain, levels, *said(figures[domain])] for domain, levels, *_ in rows]


def said(figures: Figures) -> list[str]:
    assert figures.mean is not None and figures.low is not None and figures.high is not None
    return [
        f"{figures.mean} = {cut(figures.mean)}",
        cut(figures.low),
        cut(figures.high),
        f"{figures.rated} of {figures.applicable}",
        figures.band or "none",
        figures.shown_band or "none",
    ]


def targets_named(written: str) -> set[str]:
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", written, re.DOTALL))
    return set(re.findall(r"(?<![\w-])make ([a-z]+)", code))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", text(ROOT / "Makefile"), re.MULTILINE))


def paths_named(written: str) -> Iterator[str]:
    """What stands in backticks and is a path of the repository: a folder's, or a file's with a known ending."""
    prose = re.sub(r"^```.*?^```", "", written, flags=re.DOTALL | re.MULTILINE)
    for name in re.findall(r"`([\w./-]+)`", prose):
        first = name.split("/")[0]
        if first not in NOT_OURS and name not in EXAMPLES and ("/" in name or ENDINGS.search(name)):
            yield name


def links(path: Path) -> Iterator[Path]:
    for target in re.findall(r"\]\(([^)#]+)", text(path)):
        if "://" not in target:
            yield (path.parent / target).resolve()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_score_worked_by_hand_is_the_one_computed(place: int) -> None:
    rows = tables(text(ARCHITECTURE))[place]
    assert rows[-1][0] == "whole"
    assert rows == computed(rows)


def test_every_worked_score_is_checked_and_the_prose_says_the_same() -> None:
    found = tables(text(ARCHITECTURE))
    assert len(found) == 3 == text(ARCHITECTURE).count(HEADER)
    levels = [int(level) for _, cells, *_ in found[0] for level in cells.split() if level != "NA"]
    item_mean = Fraction(sum(levels), len(levels))
    assert len(levels) == 14
    assert f"fourteen ratings alike it would be {item_mean}, which prints {cut(item_mean)}." in text(ARCHITECTURE)


def test_control_a_wrong_figure_is_seen() -> None:
    rows = tables(text(ARCHITECTURE).replace("47/20 = 2.3", "47/20 = 2.4"))[0]
    assert rows != computed(rows)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_word_of_make_exists(path: Path) -> None:
    assert targets_named(text(path)) <= targets()


def test_control_a_word_that_make_does_not_know_is_seen() -> None:
    assert targets_named("Run `make run`.\n```\nmake lunch\n```\nmake sure") == {"run", "lunch"}
    assert "lunch" not in targets()


def test_contributing_names_every_word_of_make() -> None:
    assert targets_named(text(ROOT / "CONTRIBUTING.md")) >= targets() - {"help"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_and_link_leads_somewhere(path: Path) -> None:
    lost = [name for name in paths_named(text(path)) if not (ROOT / name).exists()]
    lost += [str(target) for target in links(path) if not target.exists()]
    assert lost == []


def test_control_a_path_that_leads_nowhere_is_seen() -> None:
    assert list(paths_named("See `pages/nowhere.py`, `data/`, `.toml`, `rate` and `no.md`.")) == [
        "pages/nowhere.py",
        "no.md",
    ]
    assert len(list(paths_named(text(ROOT / "CONTRIBUTING.md")))) > 20


def test_every_library_has_a_line_that_says_why() -> None:
    pinned = re.findall(
        r"^([\w-]+)(?:\[\w+\])?==", text(ROOT / "requirements.txt") + text(ROOT / "requirements-dev.txt"), re.MULTILINE
    )
    lines = re.findall(r"^\| `([\w-]+)` \| .+ \|$", text(LIBRARIES), re.MULTILINE)
    assert sorted(lines) == sorted(pinned)
