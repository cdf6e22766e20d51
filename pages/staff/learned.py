"""Before and after."""

import streamlit as st

st.title("Before and after")
