"""What a person can do wrong; every message is shown as it stands: what happened, where, and what to do next.

ToolkitError
├── NotAllowed          no right to do this here
├── NotFound            it is not there, or not yours to see: the same answer to both
├── BadInput            something typed cannot be used
│   ├── LooksLikeClientData   a note may hold a client's identifier; a reasoned override is possible
│   ├── LooksLikeName   a code of a staff member may be a name; a reasoned override is possible
│   └── NotConfirmed    the typed confirmation does not match
├── Conflict            somebody changed it after it was shown
├── AlreadySubmitted    a submitted assessment is frozen
├── AlreadyThere        the name or the assessment exists
├── EditionChanged      a published edition is not what it was when the assessment began
├── NotRatableHere      the checklist is not rated on a site
└── StoreTrouble        nobody's fault here: the database could not do it, and nothing was saved
    ├── StoreFull       no room on the disk
    ├── StoreBusy       locked, or out of connections, for longer than we wait
    └── StoreAway       the file or the server cannot be reached
"""


class ToolkitError(Exception):
    """Base of all; `str(error)` is the message for the screen."""


class NotAllowed(ToolkitError):
    pass


class NotFound(ToolkitError):
    pass


class BadInput(ToolkitError):
    pass


class LooksLikeClientData(BadInput):
    """`spans` are (kind, start, end) in the text as it was typed."""

    def __init__(self, message: str, spans: tuple[tuple[str, int, int], ...]) -> None:
        super().__init__(message)
        self.spans = spans


class LooksLikeName(BadInput):
    pass


class NotConfirmed(BadInput):
    pass


class Conflict(ToolkitError):
    """`field`: "answer", "note", "evidence", "cover" or "workbook"; what is stored now is read by whoever asks."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class AlreadySubmitted(ToolkitError):
    pass


class AlreadyThere(ToolkitError):
    pass


class EditionChanged(ToolkitError):
    pass


class NotRatableHere(ToolkitError):
    pass


class StoreTrouble(ToolkitError):
    pass


class StoreFull(StoreTrouble):
    pass


class StoreBusy(StoreTrouble):
    pass


class StoreAway(StoreTrouble):
    pass
