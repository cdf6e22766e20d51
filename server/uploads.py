"""How much a browser may send: Streamlit keeps every file in memory for as long as its page is open."""

from collections import defaultdict, deque
from collections.abc import Callable

PATH = "/_stcore/upload_file/"
LARGEST = 11_000_000
"""Bytes of one request: Streamlit's own limit of 10 MB (config.toml, server.maxUploadSize) and its wrapping."""
FILES = 100
BYTES = 200_000_000
WINDOW = 24 * 60 * 60.0
"""Seconds in which a browser may send that many files and bytes."""


class Uploads:
    """`clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent: dict[str, deque[tuple[float, int]]] = defaultdict(deque)

    def refusal(self, session_id: str, length: str | None) -> tuple[int, str] | None:
        """Status and sentence, or None; then the upload counts, however it ends."""
        if length is None or not (length.isascii() and length.isdigit()):
            return 411, "The file was not taken: its size was not said. Send it from Plumbline's own page."
        if int(length) > LARGEST:
            return 413, "The file was not taken: it is larger than 10 MB. Choose a smaller one."
        sent = self._within_window(session_id)
        if len(sent) >= FILES or sum(size for _, size in sent) + int(length) > BYTES:
            return 429, "The file was not taken: this browser has sent too much within a day. Try again tomorrow."
        sent.append((self._clock(), int(length)))
        return None

    def _within_window(self, session_id: str) -> deque[tuple[float, int]]:
        sent = self._sent[session_id]
        while sent and sent[0][0] <= self._clock() - WINDOW:
            sent.popleft()
        return sent
