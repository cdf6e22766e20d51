"""One person."""

import streamlit as st

st.title("One person")
