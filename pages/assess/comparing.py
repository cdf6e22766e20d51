"""What the raters gave of each indicator, side by side: the list, and the consensus that is taken in it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st

from assessments.rules.spread import Row
from assessments.use_cases.consensus import Comparison, comparison, notes_of_raters
from assessments.use_cases.raters import Raters
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.assess import agreeing, agreeing_form
from pages.assess.point import Place, Point, Screen
from pages.shared import hallway, house, words

KEPT, LISTED = "comparing.kept", "comparing.listed"
A_PAGE = 10


@dataclass(frozen=True)
class Filter:
    """`empty` is said where nothing fits; `fits` takes a row and whether it has a consensus."""

    label: str
    empty: str
    fits: Callable[[Row, bool], bool]


FILTERS = {
    "talk": Filter(
        "Needs talking about",
        "Nothing is left that needs talking about.",
        lambda row, agreed: row.to_discuss and not agreed,
    ),
    "near": Filter(
        "One apart",
        "Nothing that is not agreed on is one level apart on the same side of its target.",
        lambda row, agreed: row.nearly_alike and not agreed,
    ),
    "same": Filter(
        "Same",
        "Everything that all raters gave alike is agreed on.",
        lambda row, agreed: row.alike and not agreed,
    ),
    "nobody": Filter(
        "Rated by nobody",
        "Somebody rated each of the others.",
        lambda row, agreed: not row.rated and not agreed,
    ),
    "agreed": Filter("Agreed", "Nothing is agreed on yet.", lambda _, agreed: agreed),
    "all": Filter("All", "There are no indicators.", lambda *_: True),
}
SPREADS = {
    "same": "Same",
    "one apart": "One apart",
    "two or more apart": "Two or more apart",
    "not all a level": "Not all gave a level",
}


def kept(assessment: str, found: Raters) -> Comparison:
    """Computed once a tab and not on every run: submitted sheets never change. `found` was read on this very run, and
    says that the comparison is open to this person.
    """
    agency = house.agency()
    asked = (house.actor(), assessment, agency.state, agency.block_grant, agency.part_2)
    key = (*asked, *((one.sheet, one.submitted_at) for one in found.compared))
    held: tuple[object, Comparison] | None = st.session_state.get(KEPT)
    if held is None or held[0] != key:
        held = st.session_state[KEPT] = (key, house.read(comparison, assessment))
    return held[1]


def points(found: Comparison, assessment: str, names: Collection[str], screen: Screen) -> list[Point]:
    """With what the raters noted and what is agreed on."""
    stored = house.read(sheet, assessment, names)
    notes = house.read(notes_of_raters, assessment, names)
    agency = house.agency()
    return [
        Point(agency, found, Place(assessment, name), stored.row(name), notes.get(name, {}), screen) for name in names
    ]


def show(found: Comparison, record: OpenSheet, frozen: bool) -> None:
    assessment = record.place.assessment.id
    if f"filter-{assessment}" not in st.session_state:
        list_anew()
    chosen = st.segmented_control(
        "Show",
        list(FILTERS),
        format_func=lambda name: FILTERS[name].label,
        default="talk",
        key=f"filter-{assessment}",
        required=True,
    )
    filtered = FILTERS[chosen or "talk"]
    names = _listed(found, record, chosen or "talk")
    if not names:
        st.info(filtered.empty)
    pages = max(1, -(-len(names) // A_PAGE))
    page = st.pagination(pages, key=f"page-{chosen}-{len(names)}-{assessment}") if pages > 1 else 1
    drawn = points(found, assessment, names[(page - 1) * A_PAGE : page * A_PAGE], "list")
    agreeing_form.show_unsaved(assessment, {point.place for point in drawn})
    for point in drawn:
        _draw(point, frozen)
    agreeing.forget_untouched({point.place for point in drawn})


def _listed(found: Comparison, record: OpenSheet, chosen: str) -> list[str]:
    """As it was when it was chosen: what is agreed on now stays in its place, so that nothing moves under the hand."""
    key = (record.place.assessment.id, chosen, found.names)
    held: tuple[object, list[str]] | None = st.session_state.get(LISTED)
    if held is None or held[0] != key:
        fits = FILTERS[chosen].fits
        names = [row.indicator for row in found.rows if fits(row, row.indicator in record.answered)]
        held = st.session_state[LISTED] = (key, names)
    return held[1]


def list_anew() -> None:
    st.session_state.pop(LISTED, None)


def _draw(point: Point, frozen: bool) -> None:
    with st.container(border=True, key=f"point-{point.indicator.id}"):
        st.markdown(f"**{point.indicator.id}** {point.ours(point.indicator.text)}  \n{spread_of(point)}")
        st.markdown("\n".join(_given(point)))
        edit = agreeing.edits().get(point.place)
        if point.agreed and not (point.place in agreeing.opened() or (edit and (edit.touched or edit.error))):
            _agreed(point, frozen)
        elif not frozen:
            if point.agreed:
                st.markdown(agreeing_form.settled(point))
            agreeing_form.show(point)


def _agreed(point: Point, frozen: bool) -> None:
    st.markdown(agreeing_form.settled(point))
    if not frozen and st.button("Change it", key=point.key("change"), type="tertiary", icon=":material/edit:"):
        agreeing.opened().add(point.place)
        st.rerun()


def spread_of(point: Point) -> str:
    """How far apart, and from what target."""
    parts = [f"**{SPREADS[point.row.group]}**" if point.row.rated else "**Nobody has rated it**"]
    if point.row.across:
        parts.append("**across the target**")
    if point.row.target is not None:
        parts.append(f"target {point.row.target}")
    return " · ".join(parts)


def _given(point: Point) -> list[str]:
    lines = []
    for name, rated in point.given:
        level = point.ladder.level(rated.level) if rated.level is not None else None
        line = f"- {words.plain(name)}: **{point.said_of(rated)}**"
        if level:
            line += f". {point.meaning(level)}"
        if name in point.notes:
            line += f"\n  - Note: {words.plain(' '.join(point.notes[name].split()))}"
        lines.append(line)
    return lines


def last_step(assessment: str, left: int) -> None:
    if left:
        st.markdown(
            f"**{words.count(left, 'indicator is', 'indicators are')} rated and not agreed on yet.** When nothing is "
            "left, the assessment can be submitted."
        )
    else:
        hallway.next_step(hallway.REVIEW, "Review and submit", assessment=assessment)
