"""Rate staff."""

import streamlit as st

st.title("Rate staff")
