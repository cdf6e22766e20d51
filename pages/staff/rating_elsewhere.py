"""What was refused and then left behind, said where the person is now, with the way back to it. It names nobody."""

from collections.abc import Collection

import streamlit as st

from pages.shared import hallway, words
from pages.staff import rating_drafts as drafts
from pages.staff import rating_words as said
from pages.staff.rating_choices import AS, STAFF, WAY, WAYS
from pages.staff.rating_day import ON
from pages.staff.rating_drafts import Trouble
from pages.staff.rating_fields import Field, asks
from pages.staff.rating_row import OPEN


def show(drawn: Collection[Field] = ()) -> None:
    for field, trouble in list(drafts.troubles().items()):
        if field not in drawn:
            _show(field, trouble)


def _show(field: Field, trouble: Trouble) -> None:
    why = words.plain(str(trouble.error)) if trouble.error else asks(field, trouble.mine)
    address = {WAY: WAYS["person"], AS: said.KINDS[field.kind], ON: field.on.isoformat(), STAFF: field.staff}
    with st.container(border=True, key=f"elsewhere-{field.key('')}"):
        st.warning(f"A rating of {field.indicator} that you gave under Rate staff is not saved. {why}")
        with st.container(horizontal=True):
            hallway.next_step(hallway.RATE_STAFF, "Back to it", **address, **{OPEN: field.indicator})
            if st.button("Drop it", key=f"drop-{field.key('')}"):
                drafts.drop(field)
                st.rerun()
