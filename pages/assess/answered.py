"""How much is answered: beside the card itself, all that most ratings change, and drawn again alone after them.

To draw every card again after each rating took most of its time, in the server and in the browser, and changed nothing
on them. So a choice of a level ends its run once it is saved and said, and asks for this fragment. No input of a person
stands in it: a fragment of before a restart is unknown after it, and what is clicked in one is then dropped.
"""

from collections.abc import Collection

import streamlit as st

from assessments.rules.parts import Part
from assessments.use_cases.sheets import OpenSheet, Row
from pages.assess.card import card_of
from pages.shared import drafts, house
from pages.shared.drafts import Field

FRAGMENT = "answered"
ALONE = "answered.alone"


def chosen() -> None:
    """After a choice on a card. Where more changes than one line of it, the whole page is drawn as ever."""
    whole = drafts.is_whole()
    drafts.save_changes()
    if whole and drafts.newest() and not drafts.troubles():
        st.session_state[ALONE] = True
        st.rerun(FRAGMENT)


@st.fragment(key=FRAGMENT)
def show(drawn: OpenSheet, part: Part, names: tuple[str, ...]) -> None:
    """`drawn` is what the page shows; `names` are all indicators of the checklist."""
    alone = st.session_state.pop(ALONE, False)
    now = (drafts.newest() if alone else None) or drawn
    rows, left, here = _rows(now, part), left_of(now.answered, names), left_of(now.answered, part.indicators)
    if alone and _more_changed(rows, bool(left) != bool(left_of(drawn.answered, names))):
        st.rerun()
    drafts.show_versions(f"{sheet_of(drawn)}-{part.indicators[0]}", rows)
    st.progress(
        1 - len(left) / len(names),
        text=f"**{len(names) - len(left)} of {len(names)} answered** · {len(here)} left in this part",
    )


def left_of(answered: Collection[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name not in answered]


def sheet_of(found: OpenSheet) -> str:
    """What tells it from another: the rater's sheet, or the assessment."""
    return found.place.rater_sheet or found.place.assessment.id


def _more_changed(rows: dict[Field, Row], turned: bool) -> bool:
    """Somebody else changed a card; or, `turned`, nothing is left of the whole, or something is again."""
    return turned or not all(drafts.is_known(field, row) for field, row in rows.items())


def _rows(found: OpenSheet, part: Part) -> dict[Field, Row]:
    cards = [card_of(house.agency(), found, name, folded=False, opened=False, frozen=False) for name in part.indicators]
    return {field: card.row for card in cards for field in (card.field, card.note)}
