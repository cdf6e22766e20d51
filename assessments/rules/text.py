"""What people type, cleaned once at the door of the use cases."""

import unicodedata

LONGEST = 20_000
INVISIBLE = "Cf"
NO_CHARACTERS = "\ufffe\uffff"
"""What XML, and so a workbook, refuses beside control characters."""


class Unreadable(ValueError):
    """The message says what is wrong with the text."""


def clean(text: str, longest: int = LONGEST) -> str:
    """NFC, Unix line ends, no space at the ends. Refuses half characters and control characters, which one of our
    stores or a workbook would refuse or cut later.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Unreadable(f"It is {len(text):,} characters long; at most {longest:,} fit. Shorten it and save again.")
    for place, character in enumerate(text, start=1):
        refused = unicodedata.category(character) in ("Cc", "Cs") or character in NO_CHARACTERS
        if refused and character not in "\t\n":
            raise Unreadable(
                f"Character {place} is a control character that cannot be stored. Type the text again, or paste it "
                "without formatting."
            )
    return text


def name_key(name: str) -> str:
    """Equal for names that a reader takes for the same: case, width, accents' spelling, spaces, invisible signs."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(c for c in folded if unicodedata.category(c) != INVISIBLE)
    return " ".join(visible.split())
