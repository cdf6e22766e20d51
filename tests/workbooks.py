"""Workbooks that strangers might bring: odd, broken, hostile. `mutants` makes any number more of a good one.

KINDS holds a builder for each by its name, with what the answer has to say. Nothing here is read from a disk.
"""

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL = "</sheetData></worksheet>"


@dataclass(frozen=True)
class Kind:
    """`says`: a pattern that the answer matches, empty where the workbook is simply read. `cell`: the one it names,
    with its sheet; `sheet` alone where only that can be named.
    """

    build: Callable[[], bytes]
    says: str = ""
    cell: str = ""
    sheet: str = ""


Build = Callable[[], bytes]
KINDS: dict[str, Kind] = {}


def kind(says: str = "", cell: str = "", sheet: str = "") -> Callable[[Build], Build]:
    def kept(build: Build) -> Build:
        KINDS[build.__name__] = Kind(build, says, cell, sheet or ("Scores" if cell else ""))
        return build

    return kept


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def good() -> bytes:
    """Two sheets; "Scores" has a header, five rows of text, numbers and dates, and a drop of color."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Scores"
    sheet.append(["id", "level", "note", "as of", "share"])
    for row in range(1, 6):
        sheet.append([f"ORG-0{row}", row - 1, f"note {row} é", date(2026, 11, row), row / 8])
    sheet["C3"].fill = PatternFill("solid", fgColor="FFEECC")
    book.create_sheet("Notes")["A1"] = "nothing to see"
    return saved(book)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_parts(new: Mapping[str, bytes | str | None]) -> bytes:
    """The good workbook with these parts put in its own's place; None takes one out."""
    merged = {**parts(good()), **new}
    written = {name: part.encode() if isinstance(part, str) else part for name, part in merged.items()}
    return packed({name: part for name, part in written.items() if part is not None})


def rows(xml: str, head: str = HEAD, tail: str = TAIL) -> bytes:
    """The good workbook with these <row>s in place of its first sheet's."""
    return with_parts({SHEET: f"{head}{xml}{tail}"})


def with_strings(strings: str, new: Mapping[str, bytes | str | None]) -> bytes:
    """The good workbook with a table of texts, as Excel writes them, which openpyxl does not."""
    types = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    table = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    known = parts(good())[types].replace(b"</Types>", listed)
    return with_parts({types: known, STRINGS: table, **new})


def as_excel_writes() -> bytes:
    """The good workbook, its texts in the table of texts."""
    texts: list[str] = []

    def moved(found: re.Match[bytes]) -> bytes:
        texts.append(found[1].decode())
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    sheet = re.sub(rb't="inlineStr"><is>(.*?)</is>', moved, parts(good())[SHEET])
    return with_strings("".join(f"<si>{text}</si>" for text in texts), {SHEET: sheet})


def cell(written: str) -> bytes:
    """The good workbook with this in row 7, and nothing else."""
    return rows(f'<row r="7">{written}</row>')


# Far, wide, many, large


@kind("below row 5,000", cell="XFD1048576")
def far_cell() -> bytes:
    return rows('<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>')


@kind("below row 5,000", cell="A5001")
def row_5001() -> bytes:
    return rows("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 5002)))


@kind("right of column CV", cell="CW1")
def column_101() -> bytes:
    return rows('<row r="1"><c r="CV1"><v>1</v></c><c r="CW1"><v>1</v></c></row>')


@kind()
def dimension_that_lies() -> bytes:
    head = HEAD.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    return rows('<row r="1"><c r="A1"><v>1</v></c></row>', head)


@kind()
def merge_all() -> bytes:
    tail = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    return rows('<row r="1"><c r="A1"><v>1</v></c></row>', tail=tail)


@kind("far larger than a filled-in form")
def one_cell_120_mb() -> bytes:
    return rows(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 120_000_000}</t></is></c></row>')


@kind("far more text|longer than", sheet="Scores")
def one_cell_60_mb() -> bytes:
    return _long_text("", 3_000)


def _long_text(more: str, times: int) -> bytes:
    """Within every limit of the zip: some hexadecimal noise keeps it from packing too well."""
    noise = random.Random(1)
    text = "".join(f"{noise.randbytes(300).hex()}{'a' * 20_000}" for _ in range(times // 2))
    runs = f"<r><t>{text}{more}</t></r>" * 2
    return rows(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')


@kind("far more text", sheet="Scores")
def one_text_in_many_cells() -> bytes:
    xml = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1001))
    return with_strings(f"<si><t>{'a' * 30_000}</t></si>", {SHEET: f"{HEAD}{xml}{TAIL}"})


@kind("below row 5,000", cell="A5001")
def million_rows() -> bytes:
    return rows("".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 1_000_001)))


@kind("more memory|longer than", sheet="Scores")
def hungry() -> bytes:
    """One character outside the first plane makes four bytes of every letter around it."""
    return _long_text("\U0001f600", 4_700)


@kind("longer than 5 seconds", sheet="Scores")
def slow() -> bytes:
    """Millions of cells with a border and nothing in them."""
    noise = random.Random(2)
    row = "<c/>" * 100
    return rows("".join(f'<row ht="1{noise.randrange(10**6)}">{row}</row>' for _ in range(100_000)))


@kind()
def empty_formatted_rows() -> bytes:
    xml = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 100_002))
    return rows(f'<row r="1"><c r="A1"><v>1</v></c></row>{xml}')


@kind("more than 50 sheets")
def many_sheets() -> bytes:
    book = Workbook()
    for number in range(60):
        book.create_sheet(f"S{number}")
    return saved(book)


# The zip


@kind("far larger than a filled-in form")
def bomb() -> bytes:
    return with_parts({"xl/media/image1.png": bytes(30_000_000)})


@kind()
def zip_in_the_zip() -> bytes:
    return with_parts({"xl/media/inner.zip": packed({"a": bytes(900_000)})})


@kind("more than 200 parts")
def too_many_members() -> bytes:
    return with_parts({f"xl/media/{number}.png": b"x" for number in range(300)})


@kind("twice")
def duplicate_names() -> bytes:
    out = io.BytesIO(good())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


@kind("twice")
def duplicate_names_in_another_case() -> bytes:
    return with_parts({SHEET.upper(): "<worksheet/>"})


@kind("leads outside")
def dotdot() -> bytes:
    return with_parts({"xl/../../evil.xml": "<a/>"})


@kind("leads outside")
def absolute_name() -> bytes:
    return with_parts({"/etc/passwd": "x"})


@kind("leads outside")
def backslashes() -> bytes:
    return with_parts({"xl\\..\\..\\evil.xml": "x"})


@kind("damaged")
def sizes_that_lie() -> bytes:
    """The directory says ten bytes where there are a million."""
    content = bytearray(with_parts({"xl/media/image1.png": random.Random(3).randbytes(1_000) * 1_000}))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/media/image1.png"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


@kind("locked archive|damaged")
def locked_member() -> bytes:
    content = bytearray(good())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@kind("unusual way")
def packed_with_lzma() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, part in parts(good()).items():
            archive.writestr(name, part)
    return out.getvalue()


@kind("damaged")
def truncated() -> bytes:
    return good()[:3000]


@kind("damaged")
def flipped_bytes() -> bytes:
    content = bytearray(good())
    for at in range(60, 400, 7):
        content[at] ^= 0x55
    return bytes(content)


# What runs, or reaches outside


@kind("macros")
def vba() -> bytes:
    return with_parts({"xl/vbaProject.bin": OLE})


@kind("other files")
def external_links() -> bytes:
    return with_parts({"xl/externalLinks/externalLink1.xml": "<externalLink/>"})


@kind("embedded")
def embeddings() -> bytes:
    return with_parts({"xl/embeddings/oleObject1.bin": OLE})


@kind("ActiveX")
def active_x() -> bytes:
    return with_parts({"xl/activeX/activeX1.xml": "<ax/>"})


def _dtd(declared: str, used: str) -> bytes:
    xml = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{used}</t></is></c></row>'
    return rows(xml, HEAD.replace("<worksheet", f"<!DOCTYPE worksheet [{declared}]><worksheet"))


@kind("damaged", cell="A1")
def outside_entity() -> bytes:
    return _dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")


@kind("damaged", cell="A1")
def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return _dtd(f'<!ENTITY e0 "ha">{levels}', "&e9;")


@kind("damaged", cell="A1")
def quadratic_entity() -> bytes:
    return _dtd(f'<!ENTITY e "{"a" * 50_000}">', "&e;" * 5_000)


@kind("do not fit together")
def entity_in_the_strings() -> bytes:
    table = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
    return with_strings("", {STRINGS: table})


@kind("not a cell", cell="A1")
def deep_xml() -> bytes:
    depth = 140_000
    return rows(f'<row r="1">{"<a>" * depth}{"</a>" * depth}</row>')


# Not a workbook at all


@kind("password")
def encrypted() -> bytes:
    return OLE + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000)


@kind("old kind")
def xls() -> bytes:
    return OLE + bytes(1_000) + "Workbook".encode("utf-16-le") + bytes(2_000)


@kind("CSV")
def csv() -> bytes:
    return "id,level\nORG-01,3\nÉ,2\n".encode()


@kind("CSV")
def csv_in_utf16() -> bytes:
    return "id\tlevel\r\nORG-01\t3\r\n".encode("utf-16")


@kind("web page")
def html() -> bytes:
    return b"\xef\xbb\xbf<html><body><table><tr><td>1</td></tr></table></body></html>"


@kind("OpenDocument")
def ods() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})


@kind("far larger than a filled-in form")
def bomb_as_its_kind() -> bytes:
    return packed({"mimetype": bytes(30_000_000), "[Content_Types].xml": b"<Types/>"})


@kind("without a workbook")
def kind_in_capitals() -> bytes:
    return packed({"MimeType": b"text/plain", "a.txt": b"a"})


@kind("more than 200 parts")
def a_directory_of_a_megabyte() -> bytes:
    return packed({f"{n:0200}": b"" for n in range(5_000)})


@kind("Word")
def docx() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"})


@kind("xlsb")
def xlsb() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x00"})


@kind("without a workbook")
def other_zip() -> bytes:
    return packed({"holiday.txt": b"sun"})


@kind("PDF")
def pdf() -> bytes:
    return b"%PDF-1.7\n..."


@kind("empty")
def nothing() -> bytes:
    return b""


@kind("not a workbook")
def noise() -> bytes:
    return random.Random(4).randbytes(5_000)


@kind("10 MB")
def too_large() -> bytes:
    return good() + bytes(10_000_000)


# Parts that are missing or wrong


@kind("content is missing", sheet="Scores")
def missing_sheet_part() -> bytes:
    return with_parts({SHEET: None})


@kind("content is missing", sheet="Scores")
def bad_target() -> bytes:
    name = "xl/_rels/workbook.xml.rels"
    relations = re.sub(rb'"/?(xl/)?worksheets/sheet1.xml"', b'"../../etc/passwd"', parts(good())[name])
    return with_parts({name: relations})


@kind("do not fit together")
def missing_workbook_part() -> bytes:
    return with_parts({"xl/workbook.xml": None})


@kind("do not fit together")
def missing_relations() -> bytes:
    return with_parts({"xl/_rels/workbook.xml.rels": None})


@kind("do not fit together")
def missing_strings() -> bytes:
    return with_strings("", {STRINGS: None})


@kind("do not fit together")
def broken_styles() -> bytes:
    return with_parts({"xl/styles.xml": "<styleSheet><fonts"})


@kind("no sheet")
def no_sheets() -> bytes:
    workbook = re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", parts(good())["xl/workbook.xml"])
    return with_parts({"xl/workbook.xml": workbook})


@kind("not written as Excel writes it", sheet="Scores")
def strict_dialect() -> bytes:
    return rows("", HEAD.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/x"))


@kind("not written as Excel writes it", sheet="Scores")
def sheet_without_a_table() -> bytes:
    return rows("", HEAD.replace("<sheetData>", ""), "</worksheet>")


@kind("breaks off", cell="A2")
def sheet_that_breaks_off() -> bytes:
    return rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"', tail="")


# Cells that cannot be


@kind("cannot be read", cell="C7")
def number_that_is_none() -> bytes:
    return cell('<c r="C7"><v>three</v></c>')


@kind("cannot be read", cell="C7")
def number_of_5000_digits() -> bytes:
    return cell(f'<c r="C7"><v>{"9" * 5_000}</v></c>')


@kind("cannot be read", cell="C7")
def text_that_is_not_there() -> bytes:
    return cell('<c r="C7" t="s"><v>999</v></c>')


@kind("cannot be read", cell="C7")
def truth_that_is_none() -> bytes:
    return cell('<c r="C7" t="b"><v>perhaps</v></c>')


@kind("cannot be read", cell="C7")
def day_that_is_none() -> bytes:
    return cell('<c r="C7" t="d"><v>31 February</v></c>')


@kind("does not fit its place", cell="C7")
def cell_of_another_row() -> bytes:
    return cell('<c r="C9"><v>1</v></c>')


@kind("does not fit its place", cell="C7")
def cell_twice() -> bytes:
    return cell('<c r="C7"><v>1</v></c><c r="C7"><v>2</v></c>')


@kind("without an address", cell="A7")
def cell_without_an_address() -> bytes:
    return cell('<c r="somewhere"><v>1</v></c>')


@kind("number that can follow", cell="A4")
def rows_out_of_order() -> bytes:
    return rows('<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>')


@kind("number that can follow", cell="A1")
def row_of_no_number() -> bytes:
    return rows('<row r="NaN"><c r="A1"><v>1</v></c></row>')


@kind("breaks off", cell="A7")
def control_character() -> bytes:
    return rows('<row r="6"/><row r="7"><c r="C7" t="inlineStr"><is><t>a\x07b</t></is></c></row>')


# Odd, and harmless


@kind()
def formulas() -> bytes:
    return rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>')


@kind()
def shared_formula_out_of_nowhere() -> bytes:
    return rows('<row r="1"><c r="A1"><f t="shared" si="7"/><v>2</v></c></row>')


@kind()
def cached_error() -> bytes:
    return rows('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')


@kind()
def endless_number() -> bytes:
    return rows('<row r="1"><c r="A1"><v>1e999</v></c></row>')


@kind()
def escaped_control_character() -> bytes:
    return rows('<row r="1"><c r="A1" t="str"><v>a_x0007_b</v></c></row>')


@kind()
def dates_from_1904() -> bytes:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 11, 21)
    return saved(book)


@kind()
def merged_headers() -> bytes:
    book = Workbook()
    book.active["A1"] = "Scores of the team"
    book.active.merge_cells("A1:D1")
    return saved(book)


@kind()
def hidden_things() -> bytes:
    book = Workbook()
    book.active["A2"] = "in a hidden row"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["A"].hidden = True
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).sheet_state = state
        book[state]["A1"] = "in a hidden sheet"
    return saved(book)


@kind()
def odd_headers() -> bytes:
    book = Workbook()
    book.active.append(["id", "id", "level\u00a0", "no\nte"])
    return saved(book)


@kind()
def excel_semantics() -> bytes:
    book = Workbook()
    book.active.append(["3 ", "three", 3.0, "3,0", 2.5, -1, True, 1.10, date(2026, 4, 3), "NA", "1e5", " 1.2 "])
    return saved(book)


@kind()
def pictures_and_comments() -> bytes:
    book = Workbook()
    book.active["A1"] = "x"
    book.active["A1"].comment = Comment("seen by", "A Name")
    content = parts(saved(book))
    return packed({**content, "xl/media/image1.png": b"\x89PNG\r\n", "docProps/core.xml": b"<not xml"})


@kind()
def as_libreoffice_writes() -> bytes:
    """No addresses left out, texts shared, a default style of its own, no theme, rows with their heights."""
    strings = (
        '<si><t xml:space="preserve">plain</t></si>'
        '<si><r><rPr><b/></rPr><t xml:space="preserve">bold </t></r><r><t>and not</t></r></si>'
    )
    xml = (
        '<row r="1" customFormat="false" ht="12.8" hidden="false" outlineLevel="0"><c r="A1" s="0" t="s"><v>0</v></c>'
        '<c r="B1" s="0" t="s"><v>1</v></c><c r="C1" s="0" t="n"><v>3</v></c></row>'
    )
    return with_strings(strings, {SHEET: f"{HEAD}{xml}{TAIL}", "xl/theme/theme1.xml": None})


@kind()
def as_google_writes() -> bytes:
    """No row numbers and no addresses: their order says where they stand."""
    return rows('<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1.0</v></c></row><row><c/><c><v>2</v></c></row>')
