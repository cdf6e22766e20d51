"""Opens the link in the person's browser, without showing it to the other accounts of the machine."""

import webbrowser
from html import escape

from assessments.store import place

NAME = "open.html"


def show(link: str) -> None:
    """By way of a file that only its owner can read: what stands on a browser's command line, every account can see."""
    page = place.data_dir() / NAME
    page.unlink(missing_ok=True)
    page.touch(mode=0o600)
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><title>Plumbline</title>'
        f'<meta http-equiv="refresh" content="0; url={escape(link)}"><a href="{escape(link)}">Open Plumbline</a>',
        encoding="utf-8",
    )
    webbrowser.open(page.as_uri())
