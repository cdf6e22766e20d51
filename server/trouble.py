"""What a person is told when the app itself is at fault, and what the log keeps of it: where, never what was typed.

The message of an exception can hold what somebody typed ("invalid literal: ..."), and so can its local variables. The
log gets the kind of the exception and the frames: file, line, function.
"""

import logging
import secrets
import traceback
from collections.abc import Iterator
from types import TracebackType

from assessments.errors import StoreTrouble

log = logging.getLogger("plumbline")

_record = logging.getLogRecordFactory()
HEAD = "Traceback, without what it said:"


def report(error: Exception) -> str:
    """Logs the error under a reference and returns the sentence for the screen, which says nothing of its content. Of
    a store that is full or away, its own sentence: that is no mistake of ours.
    """
    if isinstance(error, StoreTrouble):
        return str(error)
    reference = secrets.token_hex(3)
    log.error("Reference %s: a page stopped.", reference, exc_info=error)
    return (
        "This page stopped because of a mistake in Plumbline. Everything that was shown as saved is saved. Reload the "
        f"page; if it stops again, report it with the reference {reference}, which stands in the server's log."
    )


def keep_data_out_of_logs() -> None:
    """For every logger of this process, Streamlit's and the web server's too."""
    logging.setLogRecordFactory(without_data)


def without_data(*args: object, **kwargs: object) -> logging.LogRecord:
    record = _record(*args, **kwargs)
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(said) if isinstance(said, BaseException) else said for said in record.args)
    if isinstance(record.msg, BaseException):
        record.msg = _kind(record.msg)
    if record.exc_info and record.exc_info[1]:
        record.exc_text = told(record.exc_info[1])
        record.exc_info = None
    return record


def told(error: BaseException) -> str:
    """Kinds and frames of an exception and of those that led to it, the first cause first."""
    return "\n".join((HEAD, *_lines(error)))


def _lines(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _lines(cause)
        yield "which led to"
    yield from _frames(error.__traceback__)
    yield f"{_kind(error)}"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield "in which"
            yield from _lines(one)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        yield f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
