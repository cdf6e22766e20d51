"""What can be said of the door before it opens: `python -m server --check`, for whoever hosts it and for the doctor."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from server import address, settings
from server.policy import streamlits_own

HOUSE = Path(__file__).resolve().parent.parent
CONFIG = HOUSE / ".streamlit" / "config.toml"
PINNED = re.compile(r"^streamlit==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    name: str
    ok: bool
    says: str


def checks() -> list[Check]:
    option = as_started()
    listens_on = str(option("server.address"))
    faults = settings.wrong(option)
    pinned = PINNED.findall((HOUSE / "requirements.txt").read_text(encoding="utf-8"))
    return [
        Check("listens on this machine alone", address.is_this_machine(listens_on), f"server.address is {listens_on}"),
        Check("settings of the door", not faults, "; ".join(faults) or f"all {len(settings.DEMANDED)} as they came"),
        Check("scripts in Streamlit's page", bool(streamlits_own()), f"{len(streamlits_own())} found, allowed by hash"),
        Check("Streamlit's version", [version("streamlit")] == pinned, f"{version('streamlit')}, to be {pinned}"),
    ]


def as_started() -> Callable[[str], object]:
    """Reads a setting as `streamlit run` would: the environment before the file, what neither names as it came."""
    written = tomllib.loads(CONFIG.read_text(encoding="utf-8"))

    def option(key: str) -> object:
        section, name = key.split(".")
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", name)
        said = os.environ.get(f"STREAMLIT_{section}_{words}".upper())
        if said is not None:
            return _value(said)
        value = written.get(section, {}).get(name, settings.DEMANDED.get(key))
        return _value(value) if isinstance(value, str) else value

    return option


def _value(said: str) -> object:
    try:
        return json.loads(said.lower() if said.lower() in {"true", "false"} else said)
    except json.JSONDecodeError:
        return said
