"""What the door itself says to a browser that has no page of Plumbline's yet."""

from html import escape

from starlette.responses import HTMLResponse

from assessments.errors import StoreTrouble
from server.policy import FIXED

SCREEN = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Plumbline</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.0625rem/1.55 system-ui, sans-serif; margin: 0; padding: 12vh 1.5rem 3rem;
  color: light-dark(#0a1214, #f2f6f6); background: light-dark(#ffffff, #11181a); }}
main {{ max-width: 38rem; margin: 0 auto; }}
h1 {{ font-size: 1.625rem; font-weight: 650; line-height: 1.25; }}
code {{ background: light-dark(#f4f7f7, #182225); padding: 0.1em 0.35em; border-radius: 0.25rem; }}
a {{ color: light-dark(#17606a, #7fcbd3); }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""
JUST_TEXT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
NEW_LINK = (
    "<p>For a new one, type <code>make run</code> in Plumbline’s folder once more, also while it is open there. It "
    "prints a link, on a line of its own, and opens it. (For the demonstration: <code>make demo</code>.)</p>"
)


def not_let_in(address: str) -> HTMLResponse:
    body = (
        "<p>Plumbline opens for whoever started it, by a link that works once. The link stands where Plumbline was "
        f"started, on a line that begins with <code>{escape(address)}/open?t=</code>. Open it in this browser; after "
        "that the browser is known, and this address will do.</p>"
        "<p>The link was used already, or the line is gone?</p>"
        f"{NEW_LINK}<p>Nothing that was saved is lost.</p>"
    )
    return _screen(401, "This browser has not been let in", body)


def no_such_link(is_in: bool) -> HTMLResponse:
    body = "<p>A link to Plumbline works once, within twelve hours. This one was used, is older, or is not whole.</p>"
    if is_in:
        body += '<p>You do not need it: this browser is known. <a href="/">Go to Plumbline</a></p>'
    return _screen(401, "This link does not open Plumbline", body + NEW_LINK)


def nothing_to_take() -> HTMLResponse:
    body = (
        "<p>A file waits for two minutes and can be taken once, by the browser that asked for it. Go back to the page "
        "and make it again.</p>"
    )
    return _screen(404, "There is no file to take here", body)


def away(trouble: StoreTrouble) -> HTMLResponse:
    return _screen(503, "The data cannot be reached", f"<p>{escape(str(trouble))}</p>")


def stopped(says: str) -> HTMLResponse:
    """It is answered outside the guard, so it brings the headers itself."""
    screen = _screen(500, "This page stopped", f"<p>{escape(says)}</p>")
    screen.headers.update(FIXED | {"Cache-Control": "no-store", "Content-Security-Policy": JUST_TEXT})
    return screen


def _screen(status: int, title: str, body: str) -> HTMLResponse:
    return HTMLResponse(SCREEN.format(title=title, body=body), status_code=status)
