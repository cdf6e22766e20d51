"""Hosted mode: where this Plumbline is found, and who may say who somebody is. PLUMBLINE_HOSTED names the file:

address = "https://plumbline.example.org"

[[providers]]
id = "county"
name = "County account"
issuer = "https://login.example.org/county"
client_id = "plumbline"
client_secret_file = "county.secret"
"""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from server.address import is_this_machine

VARIABLE = "PLUMBLINE_HOSTED"
ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
KEYS = ("id", "name", "issuer", "client_id", "client_secret_file")


@dataclass(frozen=True)
class Provider:
    """One that signs people in by OpenID Connect."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Hosting:
    """`address` is what people type, without a path: https://plumbline.example.org"""

    address: str
    providers: Mapping[str, Provider]

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def callback(self, provider: Provider) -> str:
        return f"{self.address}/signed-in/{provider.id}"


def hosting() -> Hosting | None:
    """None on one machine. Ends the start, in sentences, where the file cannot be used."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    path = Path(named)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _did_not_start(path, [f"It cannot be read ({error.strerror}). {VARIABLE} names it."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _did_not_start(path, [f"It is not TOML: {error}."]) from None
    found = list(faults(told, path.parent))
    if found:
        raise _did_not_start(path, found)
    providers = [_provider(told_of, path.parent) for told_of in told["providers"]]
    return Hosting(told["address"], {provider.id: provider for provider in providers})


def _did_not_start(path: Path, said: list[str]) -> SystemExit:
    return SystemExit(f"Plumbline did not start, because of {path}. {' '.join(said)}")


def faults(told: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Each a sentence; `folder` is where a secret is looked for whose path is not whole."""
    yield from (f"It has no place for “{key}”." for key in told.keys() - {"address", "providers"})
    if not _is_public(told.get("address")):
        yield "“address” has to be where people find it, such as https://plumbline.example.org, with nothing after it."
    providers = told.get("providers")
    if not isinstance(providers, list) or not providers or not all(isinstance(one, dict) for one in providers):
        yield "It needs at least one [[providers]], with " + ", ".join(KEYS) + "."
        return
    for place, one in enumerate(providers, start=1):
        yield from (f"Provider {place}: {fault}" for fault in _of_provider(one, folder))
    for key in ("id", "issuer"):  # a subject means somebody else with each issuer
        counted = Counter(str(one.get(key)) for one in providers)
        yield from (f"Two providers have the {key} {value}." for value, count in counted.items() if count > 1)


def _of_provider(told: Mapping[str, Any], folder: Path) -> Iterator[str]:
    yield from (f"it has no place for “{key}”." for key in told.keys() - set(KEYS))
    missing = [key for key in KEYS if not isinstance(told.get(key), str) or not told[key].strip()]
    yield from (f"“{key}” is missing or empty." for key in missing)
    if "id" not in missing and not ID.fullmatch(told["id"]):
        yield "“id” takes small letters, digits and hyphens, and begins with a letter."
    if "issuer" not in missing and not is_safe(told["issuer"]):
        yield "“issuer” has to begin with https://, exactly as the provider writes it."
    if "client_secret_file" not in missing and not _secret(folder / told["client_secret_file"]):
        yield f"there is no secret in {folder / told['client_secret_file']}, or it cannot be read."


def is_safe(url: object) -> bool:
    """Nobody on the way can read or change it."""
    try:
        parts = urlsplit(str(url))
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname))
        )
    except ValueError:
        return False


def _is_public(address: object) -> bool:
    try:
        parts = urlsplit(str(address))
        named = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return False
    return bool(parts.hostname) and address == named and parts.port != 443


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _provider(told: Mapping[str, str], folder: Path) -> Provider:
    secret = _secret(folder / told["client_secret_file"])
    return Provider(told["id"], told["name"].strip(), told["issuer"], told["client_id"], secret)
