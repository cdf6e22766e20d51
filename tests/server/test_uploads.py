"""What a browser may send within a day."""

from server.uploads import BYTES, FILES, LARGEST, WINDOW, Uploads


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_bytes_are_counted_over_a_day() -> None:
    clock = Clock()
    uploads = Uploads(clock)
    fit = BYTES // LARGEST
    assert [uploads.refusal("a", str(LARGEST)) for _ in range(fit)] == [None] * fit
    refused = uploads.refusal("a", str(LARGEST))
    assert refused and refused[0] == 429
    assert uploads.refusal("b", str(LARGEST)) is None, "another browser has its own"
    clock.time = WINDOW
    assert uploads.refusal("a", str(LARGEST)) is None


def test_files_are_counted_however_small() -> None:
    uploads = Uploads(Clock())
    assert not any(uploads.refusal("a", "0") for _ in range(FILES))
    assert uploads.refusal("a", "0")


def test_a_size_that_is_none_is_refused() -> None:
    for length in (None, "", "-1", "1e3", "²", "ten"):
        refused = Uploads(Clock()).refusal("a", length)
        assert refused and refused[0] == 411
