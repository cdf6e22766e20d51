"""Checklists with ratings in any of the four states, for properties."""

from typing import Any

from hypothesis import strategies as st

from assessments.rules.ratings import Rated, Ratings, State
from standards.model import Checklist
from tests.rules.build import DUTY, checklist, counted, rated

Case = tuple[Checklist, Ratings]

KINDS = st.sampled_from(["document", "record", "client-voice", "log", "staff-interview"])
EVIDENCE = st.lists(KINDS, max_size=2, unique=True).map(tuple)
FIELDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "ladder": st.just("share"),
        "class_": st.just("critical"),
        "duty": st.just(DUTY),
        "weight": st.integers(1, 3),
        "scored": st.just(False),
    },
)


@st.composite
def counts(draw: st.DrawFn) -> Rated:
    of = draw(st.integers(1, 20))
    return counted(draw(st.integers(0, of)), of, evidence=draw(EVIDENCE))


LEVELS = st.builds(rated, st.integers(0, 4), evidence=EVIDENCE)
NO_LEVEL = st.sampled_from([Rated(), Rated(state=State.CANNOT_JUDGE), Rated(state=State.NOT_APPLICABLE, reason="none")])


@st.composite
def cases(draw: st.DrawFn, most: int = 5) -> Case:
    """A checklist of one to four domains, and ratings for some of its indicators."""
    sizes = draw(st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), st.integers(0, most), min_size=1))
    names = [f"{domain}-{n + 1}" for domain, size in sizes.items() for n in range(size)]
    changed = {name: draw(FIELDS) for name in names}
    made = checklist(sizes, changed, per_standard=2)
    given = {}
    for name in names:
        on_counts = changed[name].get("ladder") == "share"
        given[name] = draw((counts() if on_counts else LEVELS) | NO_LEVEL)
    return made, given
