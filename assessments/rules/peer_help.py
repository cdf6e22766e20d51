"""Who can help whom with an indicator, and words that would tell who that is before both sides agree to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.rules.peer_matches import HIGH, LOW
from assessments.rules.text import name_key

SHORTEST = 4
"""Letters of a name, or of a word of one, that is looked for; a shorter one stands in too many texts by chance."""
COMMON = frozenset(
    "agency avenue behavioral care center centers centre child children clinic clinics community council county "
    "department east family families first foundation group health healthcare help home homes hospital house houses "
    "infant institute main maternal medical medicine mental mother mothers network north office outpatient parent "
    "parents partners perinatal pregnancy program programs project public recovery regional residence residential "
    "road second service services site south state street support third treatment university wellness west women "
    "womens woman with young".split()
)
"""What names of agencies and sites are made of, or texts about their work are: it tells of nobody."""
WORD = re.compile(r"[^\W_]+")
ADDRESS = re.compile(
    r"\S+@\S+\w|(?:https?://|www\.)\S*\w|(?<![\w.])(?:[\w-]+\.)+(?:care|co|com|edu|gov|health|info|io|net|org|us)\b"
)


@dataclass(frozen=True)
class SiteStand:
    """Where a site of one's own stands on an indicator, by its newest submitted assessment."""

    site_id: str
    site: str
    checklist_id: str
    indicator_id: str
    level: int
    target: int

    @property
    def about(self) -> tuple[str, str]:
        return self.checklist_id, self.indicator_id

    @property
    def is_strong(self) -> bool:
        return self.level >= HIGH

    @property
    def is_weak(self) -> bool:
        return self.level <= LOW or self.level < self.target


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """What of the text would tell who that is: those of the names that stand in it, however they are joined; words that
    only such a name has; and addresses of any web site or mailbox. Case and invisible signs aside.
    """
    plain, found = name_key(text), list[str]()
    for name in dict.fromkeys(names):
        whole = r"[\W_]*".join(re.escape(word) for word in WORD.findall(name_key(name)))
        found += [name] if _stands(whole, plain) else _told_words(name, plain)
    return tuple(dict.fromkeys([*found, *(one.group() for one in ADDRESS.finditer(plain))]))


def _told_words(name: str, plain: str) -> list[str]:
    """As the name has them."""
    words = {name_key(word): word for word in WORD.findall(name)}
    return [word for key, word in words.items() if key not in COMMON and _stands(re.escape(key), plain)]


def _stands(wanted: str, plain: str) -> bool:
    return len(wanted) >= SHORTEST and re.search(rf"(?<![^\W_]){wanted}(?![^\W_])", plain) is not None
