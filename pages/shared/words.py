"""Words on screen: those of every report, and escaping what people typed where Streamlit reads Markdown."""

import re
from datetime import date, datetime
from urllib.parse import quote

from reports.paper import Text
from reports.words import (
    CANNOT_JUDGE,
    CLASSES,
    EVIDENCE,
    HEADINGS,
    SIGNS,
    STATES,
    STATUSES,
    STRENGTHS,
    VERIFICATIONS,
    capital,
    caps,
    changes_with,
    condition,
    count,
    day,
    heading,
    holds,
    in_terms,
    limits,
    mean,
    percent,
    rated_on,
    share,
    span,
    unjudged,
)

__all__ = [
    "CANNOT_JUDGE",
    "CLASSES",
    "EVIDENCE",
    "HEADINGS",
    "SIGNS",
    "STATES",
    "STATUSES",
    "STRENGTHS",
    "VERIFICATIONS",
    "address",
    "capital",
    "caps",
    "changes_with",
    "clock",
    "condition",
    "count",
    "day",
    "due",
    "heading",
    "holds",
    "in_terms",
    "limits",
    "marked",
    "mean",
    "percent",
    "plain",
    "rated_on",
    "share",
    "span",
    "unjudged",
]

ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$&@]|:(?=\S)")
BY_ITSELF = re.compile(r"(?<=:)(?=[\w+/-]+:)|(?<=http:|ttps:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[\w.-])", re.IGNORECASE)
"""Where `:smile:` turns into a picture, and an address of a page or of a person into a link. An escape does not keep it
from that, for links are looked for when it is gone; an invisible word joiner does.
"""
AT_LINE_START = re.compile(r"^[ \t]*(\d*)([#+=.)-])", re.MULTILINE)


def plain(text: str) -> str:
    """User text for a place where Streamlit reads Markdown: shown as it was typed, nothing in it does anything."""
    text = BY_ITSELF.sub("\u2060", text)
    escaped = ANYWHERE.sub(lambda found: "\\" + found[0], text)
    return AT_LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}", escaped).replace("\n", "  \n")


def marked(found: Text) -> str:
    """What a document says too, as Markdown."""
    runs = ((run, plain(run.text) if run.typed else run.text) for run in found)
    return "".join(f"**{said}**" if run.strong else said for run, said in runs)


def clock(moment: datetime, today: date) -> str:
    """The time for today, else the day with the time."""
    return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%b} {moment.day}, {moment:%Y %H:%M}"


def due(on: date, today: date) -> str:
    """For people who look once: how late, or how soon, and the day."""
    days = (on - today).days
    if days < 0:
        return f":material/warning: **Overdue by {count(-days, 'day')}**, was due {day(on)}"
    return f"{('Due today', 'Due tomorrow')[days] if days < 2 else f'Due in {days} days'}, {day(on)}"


def address(link: str) -> str:
    """A checked http link, for the round brackets of Markdown."""
    return quote(link, safe=":/?#@!$&'*+,;=%~")
