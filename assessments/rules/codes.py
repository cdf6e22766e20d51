"""What may be a code: it stands where a name must not. A staff member's may look like a name where somebody says why; a
record's may look like nothing that tells of a client.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import islice

from assessments.rules.text import name_key

PART = 3
"""Letters of a name that give it away."""
CAPITALIZED = re.compile(r"[^\W\d_a-z][a-zß-öø-ÿ]+")
LETTERS = re.compile(r"[^\W\d_]+")
WORD = 4
"""Letters from which on a code of letters alone may be a name, where no name tells that it is none."""


def like_a_name(code: str, name: str = "") -> str:
    """What makes it look like one, in words; "" where nothing does. `name` is the person's, if given."""
    if name and name_key(code) == name_key(name):
        return "it is the name itself"
    if _shares(_folded(code), _folded(name)):
        return "it holds part of the name"
    if _two_capitals(code):
        return "it is two words with capitals"
    if len(code.split()) > 1:
        return "it has a blank inside"
    return "it is one word of letters" if not name and len(code) >= WORD and LETTERS.fullmatch(code) else ""


def _shares(code: str, name: str) -> bool:
    """A word of the name stands in the code, or the letters of the code begin a word of the name."""
    words = [word for word in LETTERS.findall(name) if len(word) >= PART]
    runs = [run for run in LETTERS.findall(code) if len(run) >= PART]
    return any(word in code or any(word.startswith(run) for run in runs) for word in words)


def _two_capitals(code: str) -> bool:
    """Each with small letters after the capital: Nell-North or NellNorth, and not HH-NS."""
    return len(CAPITALIZED.findall(code)) > 1


def _folded(text: str) -> str:
    """Case and accents do not hide a name."""
    apart = unicodedata.normalize("NFKD", name_key(text))
    return "".join(character for character in apart if not unicodedata.combining(character))


NEUTRAL = ("P", "R", "C", "Q", "PL", "PLAN", "REC", "POSC")
"""The only letters that may stand together before a number, and the only ones before four digits."""
FORMED = re.compile(rf"(?:{'|'.join(NEUTRAL)})-?[0-9]{{1,4}}[A-Z]?|(?:[A-Z]-?)?[0-9]{{1,3}}|[0-9]{{1,3}}[A-Z]")
SIGNS = re.compile(r"[A-Z0-9-]+")
FEW_DIGITS = 3
HIGHEST = 2_999
"""Enough for the longest list, also without the numbers that are days or years; one beyond is from somewhere else."""
CENTURIES = (19, 20)
"""The first two digits of a year in which somebody in a record may have been born."""
FORM = "P-{:03d}"
INSTEAD = "Use one of the codes that are offered, such as P-001."


def cleaned(code: str) -> str:
    """As it is kept: in capitals, every dash a hyphen, without invisible signs and without spaces at the ends."""
    text = "".join("-" if unicodedata.category(one) == "Pd" or one == "\u2212" else one for one in name_key(code))
    return text.upper()


def not_for_a_record(code: str) -> str:
    """Why a code, `cleaned`, cannot stand for a record, and what to do; "" where it can. The reason does not repeat the
    code, which may be just what must not be written. No list of names is complete, so it is the form that is narrow;
    one letter with a number gets through whatever they stand for.
    """
    why = next((reason for found, reason in _wrong(code) if found), "")
    return f"{why} {INSTEAD}" if why else ""


def offered(taken: Collection[str], many: int) -> tuple[str, ...]:
    """The next codes that are free, `taken` being `cleaned`; those that could be read as a date are left out."""
    free = (
        code for code in map(FORM.format, range(1, HIGHEST + 1)) if code not in taken and not not_for_a_record(code)
    )
    return tuple(islice(free, many))


def _wrong(code: str) -> Iterator[tuple[bool, str]]:
    digits, formed = "".join(re.findall(r"[0-9]", code)), FORMED.fullmatch(code)
    too_high = len(digits) > FEW_DIGITS and (not formed or int(digits) > HIGHEST)
    yield not code, "The code is missing."
    yield len(code.split()) > 1, "A code is one word: two words look like a name."
    yield not SIGNS.fullmatch(code), "A code has letters from A to Z, digits and hyphens, and nothing else."
    yield not digits, "A code needs a number: letters alone look like a name or initials."
    yield too_high, "So long a number looks like a record number or a date of birth."
    yield not formed, "A code is one letter and one number: more may be a name, initials or a date of birth."
    yield _like_a_day(digits), "Four digits that can be read as a day or a year may be a date of birth."


def _like_a_day(digits: str) -> bool:
    """Month and day, in either order, or a year."""
    if len(digits) <= FEW_DIGITS:
        return False
    first, last = int(digits[:2]), int(digits[2:4])
    days = ((first, last), (last, first))
    return first in CENTURIES or any(1 <= month <= 12 and 1 <= day <= 31 for month, day in days)
