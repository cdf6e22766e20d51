"""Letters that stand for a site, and which names they could be taken for."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+")


def may_stand_for(letters: str, name: str) -> bool:
    """Whether somebody who knows the name could read it in them: its initials, some left out, or how a word begins."""
    words = [word.upper() for word in WORD.findall(name)]
    initials = iter(word[0] for word in words)
    return all(letter in initials for letter in letters) or any(word.startswith(letters) for word in words)


def are_free(letters: str, names: Iterable[str]) -> bool:
    return not any(may_stand_for(letters, name) for name in names)
