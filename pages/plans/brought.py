"""A workbook with dates in it: handed over once, and then gone from the server's memory too."""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def once(label: str, key: str) -> bytes | None:
    """What was brought, on the run in which it came and never again: the next run shows an empty field."""
    number = st.session_state.setdefault(f"{key}.uploads", 0)
    file = st.file_uploader(label, ["xlsx"], max_upload_size=10, key=f"{key}-{number}")
    if file is None:
        return None
    content = file.getvalue()
    st.session_state[f"{key}.uploads"] = number + 1
    _forget(file)
    return content


def _forget(file: UploadedFile) -> None:
    """Streamlit itself keeps an upload until the browser is closed."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
