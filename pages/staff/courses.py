"""Courses."""

import streamlit as st

st.title("Courses")
