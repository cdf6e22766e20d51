"""The cookies of the servers that this run has started, in every browser profile that it has open.

A cookie belongs to an installation and is sent to every port, so one bunch of keys opens all doors.
"""

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import BrowserContext

_keys: list[SetCookieParam] = []
_holders: list[BrowserContext] = []


def cut(name: str, value: str) -> None:
    """For every profile, also those that are open already."""
    key: SetCookieParam = {"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "httpOnly": True}
    _keys.append(key)
    for holder in _holders:
        holder.add_cookies([key])


def hand_to(context: BrowserContext) -> None:
    _holders.append(context)
    if _keys:
        context.add_cookies(_keys)
    context.on("close", _gone)


def _gone(context: BrowserContext) -> None:
    _holders.remove(context)
