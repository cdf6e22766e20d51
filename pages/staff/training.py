"""Training plan."""

import streamlit as st

st.title("Training plan")
