"""All that a page sends to the browser, as text: every string and number of every message, tables and charts with
what is in their cells; and what is in a file.
"""

import io
import zipfile
from collections.abc import Iterator

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
from google.protobuf.message import Message  # type: ignore[import-untyped]  # it ships no types
from streamlit.testing.v1 import AppTest


def sent(test: AppTest) -> str:
    parts = [str(value) for node in test._tree for value in _values(getattr(node, "proto", None))]
    return "\n".join(parts)


def _values(value: object) -> Iterator[object]:
    if isinstance(value, Message):
        for field, inner in value.ListFields():
            for one in inner if field.is_repeated else [inner]:
                yield from _values(one)
    elif isinstance(value, bytes):
        yield _cells(value)
    elif value is not None:
        yield value


def _cells(data: bytes) -> str:
    """Of a table as Streamlit sends it; other bytes as they are."""
    try:
        with pa.ipc.open_stream(data) as stream:
            return str(stream.read_all().to_pydict())
    except pa.ArrowInvalid:
        return data.decode(errors="ignore")


def contents(file: bytes) -> str:
    """Of a document or a workbook, every part."""
    if not file.startswith(b"PK"):
        return file.decode(errors="ignore")
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return "\n".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
