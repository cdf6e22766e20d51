"""An entry of the audit trail in words: what was done, where, from what to what."""

from collections.abc import Mapping

from assessments.use_cases.record_ratings import RATED
from assessments.use_cases.sharing import THING as SHARED
from assessments.use_cases.trail import Entry
from pages.shared import house, words
from pages.together.sharing_words import WAYS

ACTS = {
    "accept": "Came in by an invitation",
    "add": "Added",
    "add evidence": "Added evidence",
    "add file": "Added a file of evidence",
    "agree": "Agreed to help",
    "archive": "Archived",
    "ask for help": "Asked a peer for help",
    "add guest": "Added a guest",
    "begin rating": "Began a sheet of their own",
    "choose": "Took into use",
    "compare readers": "Compared the two readers",
    "change roles": "Changed the roles",
    "cover": "Changed the cover",
    "decline": "Declined",
    "delete": "Deleted",
    "count together": "Had sites count together",
    "count staff": "Counted the ratings of staff",
    "count records": "Counted the records that were read",
    "discard sheet": "Discarded a sheet",
    "draw": "Drew records to read",
    "undo the draw": "Took back the draw, before anything was read",
    "end access": "Ended the access",
    "export": "Took out as a file",
    "export names": "Took out names of staff",
    "invite": "Invited",
    "invite agency": "Made a code for an agency",
    "join": "Joined",
    "keep": "Keeps the site from now on",
    "keep text": "Kept a text that was stopped",
    "leave": "Left",
    "let go": "Keeps the site no more",
    "let out counts": "Let out counts together",
    "let back in": "Let back in to this installation",
    "load": "Loaded",
    "mark attendance": "Marked who attended",
    "mark who took part": "Marked who took part in a plan",
    "move": "Moved in the ranked list",
    "note": "Wrote a note",
    "offer help": "Offered help to peers",
    "pass on": "Passed on what was asked",
    "purge": "Took words out of the trail",
    "put aside": "Put aside a record",
    "put away": "Put away",
    "rate": "Rated",
    "refuse share": "Was refused a share",
    "refuse sign-in": "Did not let in",
    "refuse workbook": "Was refused a workbook",
    "remove": "Removed",
    "remove evidence": "Removed evidence",
    "remove file": "Removed a file of evidence",
    "rename": "Renamed",
    "reopen": "Reopened",
    "revise": "Changed",
    "revise evidence": "Changed evidence",
    "say agreed": "Wrote down how the guest agreed",
    "set clocks": "Set the clocks of a record",
    "set target": "Set a target",
    "set up": "Set up",
    "share": "Shared",
    "shut out": "Shut out of this installation",
    "sign in": "Signed in",
    "start": "Started",
    "submit": "Submitted",
    "submit sheet": "Submitted a sheet of their own",
    "take back sheet": "Took back a sheet of their own",
    "take back": "Took back a record that was put aside",
    "take in": "Took in a workbook",
    "take back move": "Took back a move in the ranked list",
    "take out rating": "Took out a rating of staff",
    "take out target": "Took out a target",
    "take out trials": "Took out practice ratings",
    "take out of the archive": "Took out of the archive",
    "take out of the draw": "Took a record out of the draw",
    "try": "Rated in practice",
    "withdraw": "Withdrew",
    "weigh": "Weighed",
}
FIELDS = {
    "name": "name",
    "state": "State",
    "time_zone": "time zone",
    "block_grant": "block-grant funding",
    "part_2": "Part 2 program",
    "plan_name": "word for the plan",
    "child_welfare_name": "word for child welfare",
    "women": "word for the women served",
    "setting": "setting",
    "infants_on_site": "infants on site",
    "names_for_trainers": "names for trainers",
    "code": "code",
    "site_id": "site",
    "roles": "roles",
    "supervisor_id": "supervisor",
    "person_id": "who signs in as this person",
    "needs": "what it needs",
    "starts": "start",
    "ends": "end",
    "raters": "who rated",
    "hours": "hours spent",
    "rests_on": "what it rests on",
    "length": "length",
    "format": "format",
    "provider": "provider",
    "valid_months": "months it holds",
    "teaches": "what it teaches",
    "course_id": "course",
    "on": "day",
    "kind": "kind",
    "contact": "contact there",
    "refers": "whether referrals go there",
    "scope": "scope",
    "our_lead": "own lead",
    "their_lead": "lead on the other side",
    "replacement": "what is done where a record cannot be read",
    "stratify": "what it is stratified by",
    "margin": "points to each side",
    "start_days": "standard in days until the plan begins",
    "service_days": "standard in days until the first service",
    "quarter": "quarter",
    "identified": "when use was identified",
    "began": "when the plan began",
    "put_aside": "why it is put aside",
    "signed": "day it was signed",
    "expires": "day it expires",
    "last_used": "day it was last used",
    "logged": "whether referrals and feedback are logged",
    "last_reviewed": "day of the last joint review",
    "sharing_terms": "terms of information sharing",
    "consent_terms": "terms of consent",
    "role": "who fills it",
    "body": "text",
    "counts": "counts",
    "fewest": "smallest count that is shown",
    "allowed_by": "agreement that allows it",
}
READERS = {"second": ", second reader", "agreed": ", agreed"}
VALUES = {"True": "yes", "False": "no"}
LONGEST = 160


def act(name: str) -> str:
    return ACTS.get(name, name.capitalize())


def row(entry: Entry, named: Mapping[str, str]) -> dict[str, str]:
    """Four columns, for a table that reads Markdown and has to fit a phone; `named` are today's names by id."""
    before, after = values(entry)
    cells = {
        "When and who": f"{house.local(entry.at):%Y-%m-%d %H:%M} {entry.person}",
        "What and where": f"{what(entry, named)} · {where(entry, named)} · no. {entry.seq}",
        "From": cut(before),
        "To": cut(after),
    }
    return {name: words.plain(cell) for name, cell in cells.items()}


def what(entry: Entry, named: Mapping[str, str]) -> str:
    if entry.field == "archived_at":
        return "Archived" if entry.after else "Took out of the archive"
    if entry.act == "purge":
        return f"{act(entry.act)}: no. {entry.field}"
    if entry.thing == "sheet":
        return f"{act(entry.act)}: {entry.rater or 'a rater'}"
    field, (_, *path) = _field(entry, named), entry.thing_id.split("/")
    if entry.thing == RATED and path:
        return f"{act(entry.act)}: {path[-1]} of one record{READERS.get(entry.field, '')}"
    if indicator := next(iter(path), ""):
        return f"{act(entry.act)}: {indicator}{f', sheet of {entry.rater}' if entry.rater else ''}"
    return f"{act(entry.act)}: {field}" if field and entry.act != "rename" else act(entry.act)


def _field(entry: Entry, named: Mapping[str, str]) -> str:
    """Of a share, the checklist by its title, and the cycle."""
    if entry.thing != SHARED:
        return FIELDS.get(entry.field, "")
    checklist, comma, cycle = entry.field.partition(", ")
    return f"{named.get(checklist, checklist)}{comma}{cycle}"


def where(entry: Entry, named: Mapping[str, str]) -> str:
    """The name it has today; what is gone is told by its kind."""
    thing_id = entry.thing_id.partition("/")[0]
    kind = f"an {entry.thing}" if entry.thing[:1] in "aeiou" else f"a {entry.thing}"
    return named.get(thing_id) or (f"{entry.thing} {thing_id}" if entry.thing == "checklist" else kind)


def values(entry: Entry) -> tuple[str, str]:
    if entry.field == "archived_at":
        return "", ""
    if entry.thing == SHARED and entry.act in ("share", "withdraw"):
        return _way(entry.before), _way(entry.after)
    return VALUES.get(entry.before, entry.before), VALUES.get(entry.after, entry.after)


def _way(stored: str) -> str:
    """As it stands where it is none of today's ways."""
    return next((said for way, said in WAYS.items() if way == stored), stored)


def cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else one_line[:LONGEST] + " …"


def was_cut(entry: Entry) -> bool:
    return any(len(value) > LONGEST for value in values(entry))
