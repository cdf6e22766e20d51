"""Sentences of real English that lie on any machine with Python: what its library and the packages beside it say.

Nothing of them is kept here. They were written by thousands of hands, none of them ours, about no client at all.
"""

import re
import sysconfig
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

DOCSTRING = re.compile(r'^[ \t]*r?"""(.+?)"""', re.DOTALL | re.MULTILINE)
PARAGRAPH = re.compile(r"\n\s*\n")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
MARKS = re.compile(r"[`*]|^\s*(?:[#>-]|\d+\.)\s+", re.MULTILINE)
CODE = re.compile(r">>>|[{}=<>|\\]|::|\w\(|@\w|_\w")
WORD = re.compile(r"[A-Za-z][a-z'’-]*[,;:.!?)]*")
FEWEST, MOST = 6, 80
"""Words of a sentence."""
PLAIN = 0.7
"""Of its words, those of letters alone: with less it is a table, or code."""


def sentences() -> Iterator[str]:
    """Each once, in the order of the files."""
    seen: set[str] = set()
    for text in chain(_documents(), _docstrings()):
        for sentence in _sentences(text):
            if sentence not in seen:
                seen.add(sentence)
                yield sentence


def _documents() -> Iterator[str]:
    """What packages say of themselves, and the licenses that they come with; then those of the system."""
    packages = Path(sysconfig.get_path("purelib"))
    found = chain(
        sorted(packages.glob("*.dist-info/METADATA")),
        sorted(packages.rglob("*.md")),
        sorted(packages.rglob("*.rst")),
        sorted(packages.glob("*.dist-info/**/LICENSE*")),
        sorted(Path("/usr/share/common-licenses").glob("*")),
    )
    return (path.read_text("utf-8", errors="ignore") for path in found if path.is_file())


def _docstrings() -> Iterator[str]:
    libraries = (Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))
    for path in chain.from_iterable(sorted(library.rglob("*.py")) for library in libraries):
        yield from DOCSTRING.findall(path.read_text("utf-8", errors="ignore"))


def _sentences(text: str) -> Iterator[str]:
    paragraphs = (" ".join(MARKS.sub("", each).split()) for each in PARAGRAPH.split(text))
    return (each for each in chain.from_iterable(map(SENTENCE.split, paragraphs)) if _is_prose(each))


def _is_prose(sentence: str) -> bool:
    words = sentence.split()
    if not FEWEST <= len(words) <= MOST or not sentence[0].isupper() or sentence[-1] not in ".!?":
        return False
    return not CODE.search(sentence) and _plain(words) >= PLAIN


def _plain(words: Iterable[str]) -> float:
    plain = [WORD.fullmatch(word) is not None for word in words]
    return sum(plain) / len(plain)
