"""What the door itself says to a browser that has no page of Plumbline's yet."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse

from assessments.errors import StoreTrouble
from server.hosting import Provider
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
li {{ margin: 0.75rem 0; }}
button {{ font: inherit; padding: 0.5rem 1rem; }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""
JUST_TEXT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
AGAIN = '<p><a href="/sign-in">Sign in</a></p>'
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


def sign_in(providers: Iterable[Provider], invitation: str = "", status: int = 200) -> HTMLResponse:
    body = "<p>Choose the account that you sign in with. Plumbline keeps no password of yours.</p>"
    return _screen(status, "Sign in to Plumbline", body + _ways(providers, invitation))


def invited(providers: Iterable[Provider], invitation: str, agency: str, name: str, roles: str) -> HTMLResponse:
    body = (
        f"<p>{escape(name)}, you are invited to {escape(agency)} as: {escape(roles)}. The invitation "
        "works once, for the account that you choose here; from then on you sign in with that account.</p>"
        "<p>It is for somebody else? Close this page and tell whoever sent it.</p>"
    )
    return _screen(200, "You are invited to Plumbline", body + _ways(providers, invitation))


def set_up(providers: Iterable[Provider], link: str) -> HTMLResponse:
    body = "<p>This link works once: whoever signs in with it looks after this installation from then on.</p>"
    return _screen(200, "Set up Plumbline", body + _ways(providers, link))


def no_such_invitation() -> HTMLResponse:
    body = (
        "<p>An invitation works once, until the day it ends. This one was used or withdrawn, is over, or its link is "
        'not whole. If you came in by it before, <a href="/sign-in">sign in</a>. Otherwise ask whoever invited you '
        "for a new one.</p>"
    )
    return _screen(403, "This invitation does not open Plumbline", body)


def begin_again() -> HTMLResponse:
    body = (
        "<p>A sign-in is finished once, within ten minutes, in the browser in which it was begun. This one was not, or "
        f"was finished already.</p>{AGAIN}"
    )
    return _screen(400, "This sign-in was not finished", body)


def no_answer(provider: str) -> HTMLResponse:
    body = (
        f"<p>{escape(provider)} cannot be reached just now, or does not answer as it should. Try again in a few "
        f"minutes; if it stays so, tell whoever looks after Plumbline.</p>{AGAIN}"
    )
    return _screen(502, "You could not be signed in", body)


def not_confirmed(provider: str) -> HTMLResponse:
    return _screen(403, "You were not signed in", f"<p>{escape(provider)} did not confirm who you are.</p>{AGAIN}")


def not_known() -> HTMLResponse:
    body = (
        "<p>The account that you signed in with is not one of those that Plumbline lets in. If you have another, use "
        f"that. Otherwise ask an administrator of your agency for an invitation.</p>{AGAIN}"
    )
    return _screen(403, "This account does not open Plumbline", body)


def no_agency() -> HTMLResponse:
    body = (
        "<p>You are known here, but belong to no agency any more. If that is a mistake, ask an administrator of your "
        "agency for a new invitation. Nothing that you saved is lost.</p>"
    )
    return _screen(403, "Your access has ended", body)


def shut_out() -> HTMLResponse:
    body = (
        "<p>Whoever looks after this installation has shut this account out. If that is a mistake, ask them; an "
        "invitation does not help. Nothing that you saved is lost.</p>"
    )
    return _screen(403, "This account is shut out", body)


def ended(providers: Iterable[Provider]) -> HTMLResponse:
    """To a browser that was in."""
    body = (
        "<p>You signed out, or did nothing here for half an hour, or twelve hours are over, or what you may do was "
        "changed or has ended. Everything that was shown as saved is saved. To go on, sign in again; if your access "
        "has ended, it says so then:</p>"
    )
    return _screen(401, "You are not signed in any more", body + _ways(providers, ""))


def sign_out() -> HTMLResponse:
    body = (
        "<p>Everything that was shown as saved is saved. All pages of Plumbline in this browser close.</p>"
        '<form method="post" action="/sign-out"><button>Sign out</button></form><p><a href="/">Stay</a></p>'
    )
    return _screen(200, "Sign out of Plumbline?", body)


def signed_out() -> HTMLResponse:
    body = (
        "<p>Your account may still be signed in with its provider. On a shared computer, sign out there too, or close "
        f"the browser.</p>{AGAIN}"
    )
    return _screen(200, "You are signed out", body)


def _ways(providers: Iterable[Provider], token: str) -> str:
    query = f"?t={quote(token, safe='')}" if token else ""
    ways = (f'<li><a href="/sign-in/{one.id}{query}">{escape(one.name)}</a></li>' for one in providers)
    return f"<ul>{''.join(ways)}</ul>"


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
