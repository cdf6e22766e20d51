"""The floor of every figure: an empty Streamlit page with one button, and what shows that it was pressed."""

import streamlit as st

st.session_state.pressed = st.session_state.get("pressed", 0) + st.button("Press")
st.markdown(f"Pressed {st.session_state.pressed} times")
