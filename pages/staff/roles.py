"""Roles."""

import streamlit as st

st.title("Roles")
