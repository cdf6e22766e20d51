"""A file is of the kind that both its content and its name say, or is not taken; its name is ours to show."""

import io
import unicodedata
import zipfile
from contextlib import suppress

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assessments.rules.files import KINDS, LARGEST, LONGEST_NAME, Unfit, cleaned_name, kind_of, megabytes


def office(main: str, *parts: str) -> bytes:
    """An Office file as small as can be."""
    content = io.BytesIO()
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        for part in parts:
            archive.writestr(part, b"x")
    return content.getvalue()


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def word() -> bytes:
    content = io.BytesIO()
    Document().save(content)
    return content.getvalue()


def workbook() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


PNG, PDF, TEXT = b"\x89PNG\r\n\x1a\n" + bytes(20), b"%PDF-1.7\n1 0 obj", b"Night staff, 7 of 9\r\n\tasked"
SLIDES = office("presentationml.presentation", "ppt/presentation.xml", "ppt/embeddings/sheet1.xlsx")
GOOD = [
    ("a.pdf", PDF),
    ("a.png", PNG),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(9)),
    ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(9)),
    ("a.txt", TEXT),
    ("a.txt", "Müller".encode("cp1252")),
    ("a.csv", "\ufeffsite,met,of\nMain Street,7,9\n".encode()),
    ("a.docx", word()),
    ("a.xlsx", workbook()),
    ("a.pptx", SLIDES),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_what_is_taken(name: str, content: bytes) -> None:
    assert kind_of(name, content) is KINDS[name[2:]]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_under_another_ending_it_is_not(name: str, content: bytes) -> None:
    texts = {"txt", "csv"}
    for ending, kind in KINDS.items():
        same = kind is KINDS[name[2:]] or {ending, name[2:]} <= texts
        if not same:
            with pytest.raises(Unfit, match="does not hold what its name says"):
                kind_of(f"a.{ending}", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", office("spreadsheetml.sheet", "xl/vbaProject.bin")),
        ("a.docx", office("wordprocessingml.document", "word/embeddings/oleObject1.bin")),
        ("a.xlsx", office("spreadsheetml.sheet", "xl/activeX/activeX1.bin")),
        ("a.xlsx", office("spreadsheetml.sheet", "xl/macrosheets/sheet1.xml")),
        ("a.xlsx", office("vnd.ms-excel.sheet.macroEnabled")),
        ("a.docx", archive(x=b"not an office file")),
        ("a.docx", archive(**{"[Content_Types].xml": "wordprocessingml.document.main+xml".encode("utf-16")})),
        ("a.docx", word()[:-30]),
        ("a.docx", b"PK\x03\x04" + bytes(100)),
        ("a.docx", b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + b"\xff\xff\xff\x7f" + bytes(6)),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.txt", b"\n <html><script>alert(1)</script>"),
        ("a.txt", b"\xef\xbb\xbf<!DOCTYPE html>"),
        ("a.csv", b"<svg onload=alert(1)>"),
        ("a.txt", b"a\x00b"),
        ("a.txt", b"MZ\x90"),
        ("a.txt", "Müller".encode("utf-16")),
        ("a.pdf", b"\n%PDF-1.7"),
    ],
)
def test_what_pretends_or_runs_is_not_taken(name: str, content: bytes) -> None:
    with pytest.raises(Unfit, match="does not hold what its name says"):
        kind_of(name, content)


@pytest.mark.parametrize("ending", ["exe", "zip", "html", "svg", "docm", "xlsm", "xlsb", "doc", "pdf.exe", "", "PDF"])
def test_no_other_ending(ending: str) -> None:
    with pytest.raises(Unfit, match="of a kind that is not taken"):
        kind_of(f"a.{ending}", PDF)


@pytest.mark.parametrize(
    ("size", "says"), [(LARGEST, ""), (LARGEST + 1, "is 10.1 MB"), (12_340_000, "is 12.4 MB"), (0, "is empty")]
)
def test_the_size_is_said(size: int, says: str) -> None:
    content = (PDF + bytes(size))[:size]
    if not says:
        assert kind_of("a.pdf", content).name == "PDF"
        return
    with pytest.raises(Unfit, match=says):
        kind_of("a.pdf", content)


def test_sizes_in_words() -> None:
    assert [megabytes(size) for size in (LARGEST, LARGEST + 1, 100_000)] == ["10 MB", "10.1 MB", "0.1 MB"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Policy 4.2.PDF", "Policy 4.2.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\Users\Ann\policy.docx", "policy.docx"),
        ("policy\u202efdp.exe", "policyfdp.exe"),
        ("a\nb\x00c\x7f.pdf", "a b c.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ('what "is" <this>?.pdf', "what is this.pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"),
        ("\u200b", ""),
        (f"{'x' * 300}.pdf", f"{'x' * (LONGEST_NAME - 4)}.pdf"),
        ("...pdf", "pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert cleaned_name(given) == kept


@given(st.text(max_size=300))
def test_no_name_leads_elsewhere_or_hides(given: str) -> None:
    name = cleaned_name(given)
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in name)
    assert name == name.strip(". ")
    assert cleaned_name(name) == name


@given(st.binary(max_size=400), st.sampled_from([*KINDS]))
def test_whatever_the_bytes_are_it_is_taken_or_refused(content: bytes, ending: str) -> None:
    for begun in (content, KINDS[ending].begins + content):
        with suppress(Unfit):
            assert kind_of(f"a.{ending}", begun) is KINDS[ending]
