"""The directions of the house, read from the code itself: who may import whom, and which tool is used where."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("standards", "assessments", "reports", "pages", "server")
# From where -> what of the house it may import, the most particular folder first.
MAY_IMPORT = {
    "assessments/rules": ("standards", "assessments.rules"),
    "assessments/store": ("standards", "assessments.rules", "assessments.store", "assessments.errors"),
    "assessments": ("standards", "assessments"),
    "standards": ("standards",),
    "reports": ("standards", "assessments", "reports"),
    "pages": ("standards", "assessments", "reports", "pages"),
    "server": ("assessments", "server"),
    "app.py": ("server",),
}
STORES = ("assessments/store", "assessments/use_cases")
USED_IN = {
    "streamlit": ("app.py", "pages", "server/ahead.py"),
    "starlette": ("server",),
    "authlib": ("server/providers.py",),
    "joserfc": ("server/providers.py",),
    "httpx2": ("server/providers.py",),
    "altair": ("reports/charts.py", "reports/charts_gaps.py", "reports/charts_sites.py", "reports/charts_spread.py"),
    "openpyxl": (
        "reports/reading_form.py",
        "reports/roster_form.py",
        "reports/record_list.py",
        "reports/workbook.py",
        "reports/workbook_cells.py",
        "reports/workbook_form.py",
        "standards/sheet.py",
        "standards/cell_reader.py",
    ),
    "jinja2": ("reports/document.py",),
    "icalendar": ("reports/calendar.py",),
    "docx": ("reports/word.py", "reports/word_file.py", "reports/word_styles.py"),
    "vl_convert": ("reports/picture_drawer.py",),
    "pandas": ("reports", "pages"),
    "sqlmodel": STORES,
    "sqlalchemy": STORES,
    "alembic": ("assessments/store",),
}
# Name of a call or decorator -> where it must not stand, and why.
FORBIDDEN = {
    "download_button": (("",), "its file can reach another person: deliver through a use case"),
    "fragment": (("pages",), "a fragment discards clicks after a restart"),
    "create_all": (("app.py", *HOUSE), "tables come from migrations"),
    "sleep": (("tests",), "wait for a condition"),
}
MAY_USE = {("fragment", "pages/assess/answered.py")}  # nothing is entered in it


def modules() -> Iterator[tuple[str, str]]:
    for top in (*HOUSE, "bench", "tests", "app.py"):
        path = ROOT / top
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def stands_in(path: str, places: tuple[str, ...]) -> bool:
    return any(place in ("", path) or path.startswith(f"{place}/") for place in places)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.attr if isinstance(node, ast.Attribute) else node.id


def swallows(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = (
                {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"Exception"}
            )
            if kinds & {"Exception", "BaseException"}:
                return True
    return False


def faults(path: str, source: str) -> list[str]:
    tree = ast.parse(source)
    allowed = next((may for place, may in MAY_IMPORT.items() if stands_in(path, (place,))), None)
    found = []
    for name in imported(tree):
        top = name.split(".")[0]
        if allowed is not None and top in HOUSE and not any(f"{name}.".startswith(f"{may}.") for may in allowed):
            found.append(f"{path} must not import {name}")
        if top == "" or (top in USED_IN and not stands_in(path, (*USED_IN[top], "bench", "tests"))):
            found.append(f"{path} must not import {name}")
    for name in set(called(tree)) & set(FORBIDDEN):
        places, reason = FORBIDDEN[name]
        if stands_in(path, places) and (name, path) not in MAY_USE and path != "tests/house/test_imports.py":
            found.append(f"{path} must not use {name}: {reason}")
    if swallows(tree):
        found.append(f"{path} must not catch every exception: name what can happen")
    return found


def test_every_module_keeps_to_the_house() -> None:
    assert [fault for path, source in modules() for fault in faults(path, source)] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("standards/a.py", "import assessments.rules"),
        ("assessments/rules/a.py", "from assessments.store import tables"),
        ("assessments/rules/a.py", "import sqlmodel"),
        ("assessments/store/a.py", "from assessments.use_cases import rating"),
        ("assessments/use_cases/a.py", "import pandas as pd"),
        ("reports/a.py", "from pages.shared import words"),
        ("reports/frames.py", "import altair"),
        ("pages/a.py", "from server import opening"),
        ("pages/a.py", "from sqlmodel import select"),
        ("server/a.py", "import streamlit as st"),
        ("server/a.py", "from reports import charts"),
        ("app.py", "from assessments.store import database"),
        ("app.py", "import starlette.routing"),
        ("standards/a.py", "from . import model"),
        ("pages/a.py", "import streamlit as st\nst.download_button('x', b'')"),
        ("pages/a.py", "import streamlit as st\n@st.fragment\ndef f(): pass"),
        ("assessments/store/a.py", "Table.metadata.create_all(engine)"),
        ("tests/a.py", "import time\ntime.sleep(1)"),
        ("pages/a.py", "try: f()\nexcept Exception: pass"),
        ("tests/a.py", "try: f()\nexcept: pass"),
        ("server/a.py", "try: f()\nexcept (ValueError, Exception): pass"),
    ],
)
def test_a_made_up_offender_is_seen(path: str, source: str) -> None:
    assert len(faults(path, source)) == 1
