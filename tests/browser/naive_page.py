"""Twelve radios and a note that are saved in a callback, as a page of ours must not: the control of test_saving."""

import hashlib
import os
from pathlib import Path

import streamlit as st

FOLDER = Path(os.environ["NAIVE_FOLDER"])


def save(name: str) -> None:
    """As slow as a commit on a busy disk; what Streamlit draws meanwhile is where a newer click cuts it off."""
    st.empty()
    hashlib.pbkdf2_hmac("sha256", b"work", b"work", 60_000)
    st.empty()
    (FOLDER / name).touch()


for number in range(12):
    key = f"naive{number}"
    st.radio(key, [0, 1, 2], index=None, key=key, on_change=save, args=(key,))

st.text_area("Note", key="note", on_change=save, args=("note",))
