"""The log says where it went wrong, never what was typed (T13)."""

import io
import logging
import re
from collections.abc import Iterator

import pytest
from streamlit import error_util

from assessments.errors import StoreFull
from server import trouble

CANARY = "CANARY-7f3a"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a logger of the usual kind writes, under our rule."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [logging.getLogger(name) for name in ("streamlit.error_util", "plumbline")]
    before = logging.getLogRecordFactory()
    for logger in loggers:
        logger.addHandler(handler)
    trouble.keep_data_out_of_logs()
    yield written
    logging.setLogRecordFactory(before)
    for logger in loggers:
        logger.removeHandler(handler)


def stumble(typed: str) -> Exception:
    """With the canary in the message, in the cause, in a local variable and in a note."""
    with pytest.raises(KeyError) as caught:
        look_up(typed)
    return caught.value


def look_up(typed: str) -> None:
    try:
        int(typed)
    except ValueError as cause:
        cause.add_note(typed)
        raise KeyError(typed) from cause


def test_streamlits_log_keeps_the_frames_and_not_the_message(log: io.StringIO) -> None:
    error_util._log_uncaught_app_exception(stumble(CANARY))
    said = log.getvalue()
    assert CANARY not in said
    assert "ValueError\nwhich led to\n" in said and said.endswith("KeyError\n")
    assert re.search(rf'File "{re.escape(__file__)}", line \d+, in look_up', said)


def test_an_exception_as_an_argument_is_its_kind(log: io.StringIO) -> None:
    logger = logging.getLogger("streamlit.error_util")
    logger.warning("Could not draw: %s", stumble(CANARY))
    logger.warning(stumble(CANARY))
    assert log.getvalue() == "Could not draw: KeyError\nKeyError\n"


def test_a_group_shows_the_kinds_in_it(log: io.StringIO) -> None:
    logging.getLogger("plumbline").error("x", exc_info=ExceptionGroup(CANARY, [stumble(CANARY), OSError(CANARY)]))
    assert CANARY not in log.getvalue()
    assert "in which\nOSError" in log.getvalue()


def test_the_reference_on_screen_stands_in_the_log_with_the_cause(log: io.StringIO) -> None:
    sentence = trouble.report(stumble(CANARY))
    (reference,) = re.findall(r"reference (\w+)", sentence)
    assert f"Reference {reference}" in log.getvalue() and "in look_up" in log.getvalue()
    assert CANARY not in sentence + log.getvalue()


def test_without_the_rule_the_canary_would_be_seen() -> None:
    record = logging.LogRecord("a", logging.ERROR, "a.py", 1, "x", (), None)
    error = stumble(CANARY)
    record.exc_info = (type(error), error, error.__traceback__)
    assert CANARY in logging.Formatter().format(record)


def test_a_full_disk_is_no_mistake_of_plumbline() -> None:
    assert trouble.report(StoreFull("The disk is full.")) == "The disk is full."
    assert "mistake in Plumbline" in trouble.report(ValueError("x"))
