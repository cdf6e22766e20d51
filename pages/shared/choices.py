"""Choices whose words change while they are chosen: a name that is corrected, a status, how much is left.

A browser sends back the words of a choice, not what they stand for. What it was shown before a run that nobody's click
began is unknown after it, and Streamlit then takes the first choice, or none, as if the person had changed it.
"""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

SAID = "choices.said"

T = TypeVar("T", bound=Hashable)


@dataclass
class Said:
    """In this session, of one choice: what each option is called now, and what any was ever called."""

    now: dict[Any, str] = field(default_factory=dict)
    ever: dict[str, Any] = field(default_factory=dict)
    last: Any = None


def steady(key: str, options: Collection[T], say: Callable[[T], str], *, required: bool = False) -> Callable[[T], str]:
    """What a choice takes as its `format_func`; asked for right before it is drawn, it puts the choice on what was
    meant. Of options that would be called the same, each later one has its number. `required`: it cannot be emptied.
    """
    said: Said = st.session_state.setdefault(SAID, {}).setdefault(key, Said())
    chosen: Any = st.session_state.get(key)
    meant = chosen if chosen in options else said.ever.get(chosen)
    if chosen is None and required and key in st.session_state:
        meant = said.last
    if meant in options and meant != chosen:
        st.session_state[key] = meant  # which tells the browser, too; and `say` may ask what is chosen
    words = _told_apart(options, say)
    if meant in words and said.now.get(meant, words[meant]) != words[meant]:
        st.session_state[key] = meant
    said.now, said.last = words, meant
    said.ever.update({text: option for option, text in words.items()})
    return words.__getitem__


def _told_apart(options: Collection[T], say: Callable[[T], str]) -> dict[T, str]:
    found: dict[str, T] = {}
    for option in options:
        told = text = say(option)
        number = 1
        while told in found:
            number += 1
            told = f"{text} ({number})"
        found[told] = option
    return {option: told for told, option in found.items()}
