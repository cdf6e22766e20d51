"""The theme, put together once: Streamlit would read its settings anew for every run, a quarter of a rating's cost."""

from collections.abc import Callable
from typing import Protocol, Self, TypeVar


class Told(Protocol):
    """A message of Streamlit's."""

    def ByteSize(self) -> int: ...  # noqa: N802  protobuf's own name
    def MergeFrom(self, other: Self) -> None: ...  # noqa: N802


M = TypeVar("M", bound=Told)


def told_once(tell: Callable[[M, str], None]) -> Callable[..., None]:
    """`tell` fills a message with a section of the settings, which never change while the server runs."""
    sections: dict[str, M] = {}

    def tell_again(message: M, section: str = "theme") -> None:
        if section not in sections:
            sections[section] = type(message)()
            tell(sections[section], section)
        if sections[section].ByteSize():  # nothing at all is another thing than an empty section
            message.MergeFrom(sections[section])

    return tell_again
