"""What a person is told when the app itself is at fault."""

import logging
import secrets

log = logging.getLogger("plumbline")


def report(error: Exception) -> str:
    """Logs the error under a reference and returns the sentence for the screen, which says nothing of its content."""
    reference = secrets.token_hex(3)
    log.error("Reference %s: a page stopped with %s; the traceback stands above.", reference, type(error).__name__)
    return (
        "This page stopped because of a mistake in Plumbline. Everything that was shown as saved is saved. Reload the "
        f"page; if it stops again, report it with the reference {reference}, which stands in the server's log."
    )
