"""What a page hands to Streamlit, string by string: what it reads as Markdown, and what it shows as it stands."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from google.protobuf.message import Message  # type: ignore[import-untyped]  # it ships no types
from streamlit.testing.v1 import AppTest

AS_IT_STANDS = {
    "Selectbox": {"options", "default", "raw_value", "set_value", "placeholder"},
    "MultiSelect": {"options", "default", "raw_values", "placeholder"},
    "TextInput": {"default", "value", "placeholder"},
    "TextArea": {"default", "value", "placeholder"},
    "PageLink": {"query_string", "page", "page_script_hash"},
    "LinkButton": {"url"},
    "Text": {"body"},
    "ArrowVegaLiteChart": {"spec"},
}
"""Fields of messages that Streamlit never reads as Markdown; every other one is taken for one that it does."""
NOWHERE = {"id", "form_id", "element_id", "element_hash", "icon"}
PUNCTUATION = r"!-/:-@\[-`{-~"
ESCAPED = re.compile(rf"\\([{PUNCTUATION}])")
ACTIVE = re.compile(
    r"[*_`\[\]<>|~$&@\\]"  # emphasis, code, links and directives, HTML, tables, formulas, entities, addresses
    r"|:[\w+/-]+:"  # pictures by name
    r"|^[ \t]*(?:#{1,6}(?:\s|$)|[+-](?:\s|$)|\d+[.)](?:\s|$)|(?:=+|-+)[ \t]*$)",  # headings, lists, underlines
    re.IGNORECASE | re.MULTILINE,
)
BY_ITSELF = re.compile(r"https?://[-.\w]|www\.[-.\w]|[-.\w+]@[-\w]", re.IGNORECASE | re.ASCII)
"""What becomes a link by itself, escaped or not."""
JOINER = "\u2060"


def markdown(test: AppTest) -> Iterator[str]:
    return (text for text, read in strings(test) if read)


def strings(test: AppTest) -> Iterator[tuple[str, bool]]:
    """Each with whether it is read as Markdown; of a table every cell and head is."""
    for table in test.table:
        yield from ((str(cell), True) for cell in (*table.value.columns, *table.value.to_numpy().ravel()))
    for node in test._tree:  # AppTest has no other way to all of it
        if isinstance(proto := getattr(node, "proto", None), Message):
            yield from _fields(proto)


class Text(HTMLParser):
    """What a person sees of HTML: what was typed into it unescaped is gone, or something else."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


NOT_SAID = re.compile(r"<(style|script|nav)\b.*?</\1>", re.DOTALL)
ENDS = re.compile(r"</(t[hd]|p|li|a)>")
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
LEAD = re.compile(r'<a class="leads" href="([^"]*)"[^>]*>(.*?)</a>')


def in_html(test: AppTest) -> str:
    """What pieces of HTML say, but for the bar of doors."""
    bodies = (ENDS.sub(r" \g<0>", NOT_SAID.sub("", one.proto.body)) for one in test.get("html"))
    return "\n".join("".join(Text(body).seen) for body in bodies)


def html_tables(test: AppTest) -> list[list[list[str]]]:
    """Rows of each, the head first."""
    found = [table for one in test.get("html") for table in one.proto.body.split('<table class="shown">')[1:]]
    return [
        [["".join(Text(cell).seen) for cell in CELL.findall(row)] for row in table.split("<tr>")[1:]] for table in found
    ]


def leads(test: AppTest) -> list[tuple[str, str]]:
    """Label and address of the links in them that lead within a tab."""
    found = [link for one in test.get("html") for link in LEAD.findall(one.proto.body)]
    return [(unescape(label), unescape(address)) for address, label in found]


def _fields(message: Message) -> Iterator[tuple[str, bool]]:
    if message.DESCRIPTOR.name == "Html":
        yield "".join(Text(message.body).seen), False
        return
    kept = AS_IT_STANDS.get(message.DESCRIPTOR.name, set())
    for field, value in message.ListFields():
        if field.name in NOWHERE:
            continue
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from _fields(one)
            elif isinstance(one, str):
                yield one, field.name not in kept


def reads(text: str) -> str:
    """What a person sees of escaped text."""
    return ESCAPED.sub(r"\1", text).replace(JOINER, "").replace("  \n", "\n")


def acts(text: str) -> re.Match[str] | None:
    """The first thing in it that Streamlit would do something with."""
    return ACTIVE.search(ESCAPED.sub("x", text)) or BY_ITSELF.search(ESCAPED.sub(r"\1", text))
