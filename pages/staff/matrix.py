"""Competencies."""

import streamlit as st

st.title("Competencies")
