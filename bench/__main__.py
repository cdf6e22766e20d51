"""python -m bench [PART ...]     measures what was promised; all of it without a name."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    clicks,
    collaborative,
    comparisons,
    documents,
    figures,
    openings,
    plans,
    quiet,
    sessions,
    staff,
    tabs,
    training,
    workbooks,
)
from bench.figures import Figure
from bench.tabs import Tabs

RESULTS = Path(__file__).parent / "results.json"
IN_TABS: dict[str, Callable[[Tabs], list[Figure]]] = {
    "clicks": clicks.measure,
    "openings": openings.measure,
    "comparisons": comparisons.measure,
}
ALONE: dict[str, Callable[[], list[Figure]]] = {
    "workbooks": workbooks.measure,
    "documents": documents.measure,
    "staff": staff.measure,
    "plans": plans.measure,
    "collaborative": collaborative.measure,
    "sessions": sessions.measure,
    "training": training.measure,
}


def main() -> None:
    chosen = _chosen()
    print(f"Before: {quiet.load()}.", flush=True)
    found = [*_in_tabs([IN_TABS[name] for name in chosen if name in IN_TABS])]
    for name in chosen:
        found += ALONE[name]() if name in ALONE else []
    print(f"After: {quiet.load()}.\n\n{figures.table(found)}")
    figures.write(found, RESULTS)


def _in_tabs(measures: list[Callable[[Tabs], list[Figure]]]) -> list[Figure]:
    if not measures:
        return []
    with tabs.opened() as open_tabs:
        return [figure for measure in measures for figure in measure(open_tabs)]


def _chosen() -> list[str]:
    names = [*IN_TABS, *ALONE]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of: {', '.join(names)}")
    parts: list[str] = parser.parse_args().parts
    if unknown := set(parts) - set(names):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}. Choose of: {', '.join(names)}.")
    return parts or names


if __name__ == "__main__":
    main()
