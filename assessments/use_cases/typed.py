"""The door for everything that is typed: cleaned, measured, and searched for a client's data before it is stored."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from assessments.errors import BadInput, LooksLikeClientData
from assessments.rules import identifiers
from assessments.rules.text import Unreadable, clean, name_key
from assessments.store import audit
from assessments.store.access import Actor
from assessments.use_cases.told import say

NAME = 120
LINE = 300


def line(text: str, where: str, longest: int = LINE, required: bool = True) -> str:
    """One line of text, as cleaned; `where` is the field's name on the screen."""
    text = " ".join(body(text, where, longest).split())
    if required and not name_key(text):  # invisible signs alone are nothing
        raise BadInput(f"{where} is empty. Fill it in.")
    return text


def every(*checks: Callable[[], Any]) -> list[Any]:
    """What each returns; BadInput with what all of them say, a line each, so that a form is mended in one go."""
    found, said = [], []
    for check in checks:
        try:
            found.append(check())
        except BadInput as wrong:
            said.append(str(wrong))
    if said:
        raise BadInput("\n".join(said))
    return found


def body(text: str, where: str, longest: int = 20_000) -> str:
    try:
        return clean(text, longest)
    except Unreadable as wrong:
        raise BadInput(f"{where}: {wrong}") from wrong


def searched(db: Session, actor: Actor, now: datetime, text: str, where: str, keep_because: str, thing_id: str) -> str:
    """The text, unless it looks like a client's data and nobody gave a reason to keep it; a reason is audited."""
    spans = tuple((f.kind, f.start, f.end) for f in identifiers.findings(text) if f.stops)
    if not spans:
        return text
    reason = reason_to_keep(keep_because, where)
    if not reason:
        shown = "; ".join(f"{kind}: “{text[start:end]}”" for kind, start, end in spans)
        raise LooksLikeClientData(
            f"{where} was not saved: part of it looks like a client's data ({shown}). Take it out; or, if it is not "
            "a client's, say why and keep it.",
            spans,
        )
    kinds = ", ".join(sorted({kind for kind, _, _ in spans}))
    say(db, actor, now, audit.Change("keep text", where, thing_id, kinds, after=reason))
    return text


def reason_to_keep(keep_because: str, where: str) -> str:
    """As cleaned, "" where there is none."""
    reason = line(keep_because, "The reason to keep this text", required=False)
    if any(found.stops for found in identifiers.findings(reason)):
        raise BadInput(
            f"{where} was not saved: the reason itself looks like a client's data, and a reason stays for good. Word "
            "it without names, dates and numbers."
        )
    return reason
