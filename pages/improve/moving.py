"""A gap that the team puts at another place of the list, and why; and the way back."""

from dataclasses import dataclass

import streamlit as st

from assessments.errors import BadInput
from assessments.rules.priorities import Ranked
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.moves import MoveLine, move_gap, take_back_move
from pages.shared import forms, house


@dataclass(frozen=True)
class Placing:
    rank: int
    because: str = ""


def forms_of(row: str) -> tuple[str, ...]:
    """The names of all forms of a row of the list."""
    return row, f"{row}-move", f"{row}-back"


def doors(row: str, one: Ranked, move: MoveLine | None) -> None:
    _, there, back = forms_of(row)
    version, because = (move.version, move.because) if move else (0, "")
    label = "Move elsewhere" if move else "Move"
    forms.door(there, label, Placing(one.rank, because), version, ":material/swap_vert:")
    if move:
        forms.door(back, "Take the move back", "", version, ":material/undo:")


def show(row: str, report: GapReport, one: Ranked, move: MoveLine | None) -> None:
    _, there, back = forms_of(row)
    assessment, indicator, version = report.assessment.id, one.gap.indicator, move.version if move else 0
    forms.show(
        there,
        "Move it",
        lambda key, placing: _fields(key, placing, len(report.ranked)),
        lambda to, shown, keep: _move(report, indicator, to, shown, keep),
        f"{indicator} is moved. Its line says from where, by whom and why.",
        version,
    )
    forms.show(
        back,
        "Take it back",
        lambda _, nothing: _say(one, nothing),
        lambda _, shown, __: house.write(take_back_move, assessment, indicator, shown),
        f"{indicator} stands again where the rule puts it.",
        version,
    )


def _fields(key: str, placing: Placing, many: int) -> Placing:
    # Without limits: the browser keeps what lies beyond them to itself, and the button would do nothing.
    rank = st.number_input(f"To place, 1 to {many} (1 is the top)", value=placing.rank, step=1, key=f"{key}-rank")
    why = st.text_input("Why it is moved", placing.because, key=f"{key}-why")
    return Placing(int(rank), why)


def _move(report: GapReport, indicator: str, to: Placing, shown: int, keep: str) -> None:
    many = len(report.ranked)
    if not 1 <= to.rank <= many:
        raise BadInput(f"There is no place {to.rank} in this list. Give a place from 1 to {many}.")
    house.write(move_gap, report.assessment.id, indicator, to.rank, to.because, shown, keep)


def _say(one: Ranked, nothing: str) -> str:
    st.markdown(f"It goes back to where the rule puts it: place {one.by_rule}.")
    return nothing
