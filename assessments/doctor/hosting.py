"""Hosted mode: the file that PLUMBLINE_HOSTED names, and who may read the secrets of the providers. What the start
refuses, it says itself, with the reason.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.doctor.check import Check, check
from assessments.doctor.folder import mode

VARIABLE = "PLUMBLINE_HOSTED"
NAME, SECRETS = "hosted mode", "secrets of providers"


def checks() -> Iterator[Check]:
    named = os.environ.get(VARIABLE)
    if not named:
        yield Check(NAME, "ok", "off: one person, on this machine")
        return
    file = Path(named).absolute()
    told, trouble = _read(file)
    if trouble:
        yield Check(NAME, "wrong", f"{file}: {trouble}", f"{VARIABLE} names it. See docs/hosting.md for what it holds.")
        return
    yield _settings(file, told)
    yield _secrets(file.parent, told)


def _read(file: Path) -> tuple[dict[str, Any], str]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), ""
    except OSError as error:
        return {}, error.strerror or "cannot be read"
    except ValueError as error:  # not TOML, or not text
        return {}, str(error)


def _settings(file: Path, told: dict[str, Any]) -> Check:
    """Whoever writes it says who is let in."""
    ids = [str(one.get("id")) for one in _providers(told)]
    well = str(told.get("address")).startswith("https://") and bool(ids)
    found = f"at {told.get('address')}, people sign in with: {', '.join(ids) or 'nothing'}"
    if not well:
        return Check(
            NAME, "wrong", found, f"{file} needs an address with https:// and a provider. See docs/hosting.md."
        )
    written = mode(NAME, file, 0o755)
    return Check(NAME, "ok", found) if written.state == "ok" else written


def _secrets(folder: Path, told: dict[str, Any]) -> Check:
    files = [folder / str(one.get("client_secret_file")) for one in _providers(told)]
    missing = [str(file) for file in files if not file.is_file()]
    if missing or not files:
        remedy = "Put the secret that the provider gave you there, alone in its file, readable by Plumbline alone."
        return Check(SECRETS, "wrong", f"not there: {', '.join(missing) or 'any'}", remedy)
    looked = [mode(SECRETS, file, 0o640) for file in files]  # of root, for the group that Plumbline runs as
    return next((one for one in looked if one.state != "ok"), check(SECRETS, True, f"{len(files)}, each kept", ""))


def _providers(told: dict[str, Any]) -> list[dict[str, Any]]:
    listed = told.get("providers")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
