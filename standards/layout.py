"""Where what stands in the sheet form of a checklist: its sheets, their columns, and what an author is told of each.

A column's path is where its content stands in the file's form: ("duty", "when") of an indicator.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from standards.model import Class, EvidenceKind, Subject, Verification

Kind = Literal["text", "whole number", "day", "yes or no", "list"]


class Column(NamedTuple):
    """`choices`: all that it takes. `names`: the sheet whose ids it takes. `width` is in characters."""

    path: tuple[str, ...]
    note: str
    width: int = 14
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    names: str = ""

    @property
    def heading(self) -> str:
        return ": ".join(part.replace("_", " ") for part in self.path) if self.path[0] != "cue" else " ".join(self.path)


VERIFICATION = get_args(Verification)
CLASSES = tuple(word for word in get_args(Class) if word != "duty")
EVIDENCE = ", ".join(get_args(EvidenceKind))
KINDS = ("judged", "counts")
FORMS = ("full", "short")
ID = "Letters, digits, hyphens, dots and underscores, at most 40. Keep it for as long as the meaning is the same."

FRONT = "Checklist"
KEYS = (
    Column(("id",), "What files and assessments call the checklist, such as warm-welcome. A copy needs its own."),
    Column(("edition",), "Such as 1.0. An edition that was used never changes: give the next one another number."),
    Column(("title",), "What people see in lists."),
    Column(("subject",), "What is rated.", choices=get_args(Subject)),
    Column(("about",), "What it is for, in a sentence or two. May stay empty."),
    Column(("form",), "A short form is screening and not compared with a full one.", choices=FORMS),
    Column(("pack",), "Only for checklists that come with the toolkit.", kind="yes or no"),
    Column(("one_record",), "Where records are rated: what one of them is called."),
    Column(("rolls_up",), "Where staff or records are rated: the ladder of counts that adds them up, such as share."),
    Column(("ladders",), "The shipped ladders that it uses: ladders-1.0. May stay empty."),
)

TABLES: Mapping[str, tuple[str, tuple[Column, ...]]] = {
    "source": (
        "Sources",
        (
            Column(("id",), f"What standards call this document. {ID}", 18),
            Column(("citation",), "Author, title, year, and where it is to be had.", 70),
            Column(("verification",), "How far it was read.", 14, choices=VERIFICATION),
            Column(("checked",), "The day on which someone last looked, such as 2026-11-21.", 13, "day"),
        ),
    ),
    "domain": (
        "Domains",
        (
            Column(("id",), f"What standards call this domain. {ID}", 14),
            Column(("title",), "The group of standards, which has a score of its own.", 44),
            Column(("about",), "May stay empty.", 60),
        ),
    ),
    "standard": (
        "Standards",
        (
            Column(("id",), f"What indicators call this standard. {ID}", 14),
            Column(("domain",), "The id of a domain of this workbook.", 12, names="domain"),
            Column(("source",), "The id of a source of this workbook.", 14, names="source"),
            Column(("cites",), "Which part of the source is meant.", 32),
            Column(("text",), "One statement of the guidance, in your own words.", 70),
            Column(("verification",), "Only where it differs from its source’s.", 14, choices=VERIFICATION),
        ),
    ),
    "indicator": (
        "Indicators",
        (
            Column(("id",), f"What ratings are kept under. {ID}", 12),
            Column(("standard",), "The id of a standard of this workbook.", 12, names="standard"),
            Column(("text",), "One thing that can be true or false on its own.", 50),
            Column(("ladder",), "The id of a shipped ladder, or of one in the sheet Ladders.", 13),
            Column(("class",), "Falling short of a critical one caps the level.", 10, choices=CLASSES),
            Column(("evidence",), f"What to look at, with commas between: {EVIDENCE}.", 22, "list"),
            Column(("about",), "What counts here at any level. May stay empty.", 34),
            *(Column(("cue", str(level)), f"What level {level} means here. May stay empty.", 24) for level in range(5)),
            Column(("na",), "When it may be called not applicable. Empty: never.", 26),
            Column(("counts", "of"), "On a ladder of counts: what is looked at.", 26),
            Column(("counts", "met"), "On a ladder of counts: when one of them counts.", 26),
            Column(("duty", "when"), "For a duty: block-grant, part-2, state:WY, with commas between.", 16, "list"),
            Column(("duty", "cites"), "For a duty: the official text that makes it one.", 26),
            Column(("duty", "verification"), "For a duty: how far that text was read.", 14, choices=VERIFICATION),
            Column(("weight",), "1, 2 or 3. Empty means 1.", 9, "whole number", ("1", "2", "3")),
            Column(("scored",), "No: a measure of context, outside every score.", 9, "yes or no"),
        ),
    ),
    "ladder": (
        "Ladders",
        (
            Column(("id",), f"What indicators call this ladder, in each of its rows. {ID}", 16),
            Column(("title",), "In the first row of each ladder.", 30),
            Column(("kind",), "In the first row: counts, where the level is computed.", 10, choices=KINDS),
            Column(("level", "value"), "0 to 4, a row each, or 0 and 4 alone.", 8, "whole number"),
            Column(("level", "name"), "A word or two for the level.", 20),
            Column(("level", "words"), "What someone sees at this level.", 70),
            Column(("level", "at_least"), "On a ladder of counts: from how many per cent.", 10, "whole number"),
            Column(
                ("level", "below"),
                "On a ladder of counts: up to, not including. The highest is 101.",
                10,
                "whole number",
            ),
        ),
    ),
}
LEVEL = "level"
YES, NO = "yes", "no"


def plain(heading: str) -> str:
    """However it was spaced, hyphenated or capitalized."""
    return " ".join(heading.casefold().replace("_", " ").replace(":", " ").split())
