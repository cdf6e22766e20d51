"""The draw: once, for good, and so that anybody can repeat it."""

from collections.abc import Sequence

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.sampling import sample_size, second_size
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import ReviewLine
from assessments.use_cases.undrawing import undo_draw, undone_draws
from pages.shared import house, words

HOW = (
    "Each code is put behind the seed and turned into a number by SHA-256; the records are read in the order of these "
    "numbers. Seed and list give the same draw on any machine, and nobody can foresee it without the seed."
)


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    st.subheader("The draw")
    say_undone(line)
    if not rows or not line.rules.replacement:
        missing = [what for what, there in (("the list", rows), ("the rules", line.rules.replacement)) if not there]
        st.markdown(f"It comes after {' and '.join(missing)}.")
        return
    least = sample_size(len(rows), line.rules.margin)
    many = least
    if least < len(rows):
        many = st.number_input(
            "Records to read",
            min_value=1,
            value=least,
            step=1,
            key=f"draw-size-{line.id}-{least}",
            help=f"By your rules {least}. You may read more.",
        )
    twice = second_size(min(many, len(rows)))
    st.markdown(
        f"**{many:,} of {words.count(len(rows), 'record')}** will be read, **{twice:,}** of them by two people, each "
        "on their own: a tenth, five at least."
    )
    with st.expander("How it is drawn, and a seed of your own", icon=":material/casino:"):
        st.markdown(HOW)
        seed = st.text_input(
            "Seed",
            key=f"draw-seed-{line.id}",
            placeholder="Left empty, one is made at random",
            help="4 to 40 digits, such as those thrown with dice in front of the group.",
        )
    ready = st.checkbox("The list is complete: after the draw nothing is added or taken off.", key=f"ready-{line.id}")
    if st.button("Draw", type="primary", icon=":material/casino:", disabled=not ready, key=f"draw-{line.id}"):
        _draw(line, rows, many if many != least else 0, seed)


def undo(line: ReviewLine) -> None:
    """The way back, while nobody has read anything."""
    with st.expander("Undo the draw", icon=":material/undo:"):
        st.markdown(
            "While nothing of it is read, a draw can be undone: the list and the rules can then be mended, and another "
            "draw is made. The trail keeps that there was one, and its seed. Once a record is read, the draw stays."
        )
        name = f"{line.id}-{line.version}"
        sure = st.checkbox("Nobody has read any of these records yet.", key=f"undo-sure-{name}")
        if st.button("Undo the draw", disabled=not sure, key=f"undo-{name}") and house.done(
            undo_draw, line.id, line.version
        ):
            house.say("The draw is undone. Nothing is drawn now.")
            st.rerun()


def say_undone(line: ReviewLine) -> None:
    if many := house.read(undone_draws, line.id):
        times = "An earlier draw was" if many == 1 else f"{many} earlier draws were"
        st.caption(f"{times} undone before anything was read. The trail has the seed of each.")


def _draw(line: ReviewLine, rows: Sequence[RecordLine], size: int, seed: str) -> None:
    try:
        with st.spinner("Drawing"):
            shown = {one.id: one.version for one in rows}
            drawn = house.write(draw_records, line.id, line.version, shown, seed, size)
    except ToolkitError as error:
        st.error(words.plain(str(error)), icon=":material/error:")
        return
    house.say(f"Drawn: {words.count(drawn, 'record')} to read.")
    st.rerun()
