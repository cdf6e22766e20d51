"""The settings of Streamlit that the door rests on, as the file gives them and the environment may change them."""

import os
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from assessments.doctor.check import Check, check

ABSENT = "not set"
OURS = '{"x-plumbline-session": "browser"}'


def _is(wanted: object) -> Callable[[object], bool]:
    return lambda found: type(found) is type(wanted) and found == wanted  # 0 is not False


def _is_or_left_out(wanted: object) -> Callable[[object], bool]:
    return lambda found: found == ABSENT or _is(wanted)(found)


def _is_this_machine(host: object) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(str(host).strip("[]")).is_loopback
    except ValueError:
        return False


def _names_this_machine(found: object) -> bool:
    """Left out it is fine: the guard looks at every name."""
    return found == ABSENT or (isinstance(found, list) and all(map(_is_this_machine, found)))


def _is_small(found: object) -> bool:
    return isinstance(found, int) and 0 < found <= 10


@dataclass(frozen=True)
class Setting:
    well: Callable[[object], bool]
    why: str


SETTINGS = {
    "server.address": Setting(_is_this_machine, "anybody on the network could reach it"),
    "server.allowedHosts": Setting(_names_this_machine, "a foreign name could be made to point here"),
    "server.enableAgentApi": Setting(_is(False), "programs could read the pages"),
    "server.enableStaticServing": Setting(_is(False), "files of a folder would be handed out"),
    "server.enableCORS": Setting(_is_or_left_out(True), "other pages could ask in a person's name"),
    "server.enableXsrfProtection": Setting(_is_or_left_out(True), "other pages could send files in a person's name"),
    "server.trustedUserHeaders": Setting(_is(OURS), "one browser could take up the session of another"),
    "server.baseUrlPath": Setting(_is_or_left_out(""), "the guard would look at other addresses than are served"),
    "server.maxUploadSize": Setting(_is_small, "a large file could fill the memory"),
    "server.fileWatcherType": Setting(_is("none"), "a changed file would be loaded while people work"),
    "server.headless": Setting(_is(True), "a browser would open before the door is ready"),
    "browser.gatherUsageStats": Setting(_is(False), "a company would be told of its use"),
    "browser.serverAddress": Setting(_is_this_machine, "a machine outside would be asked for this one's address"),
    "client.showErrorDetails": Setting(_is("none"), "an error could show what people typed"),
    "client.allowedOrigins": Setting(_is([]), "pages around ours could steer it"),
    "client.toolbarMode": Setting(_is("minimal"), "a menu would offer what is not for those who rate"),
    "client.disableDataExport": Setting(_is(True), "tables could be saved past the audit trail"),
    "global.developmentMode": Setting(_is_or_left_out(False), "the door would be made for those who build it"),
    "logger.enableRich": Setting(_is(False), "a traceback in the log could show what people typed"),
    "runner.magicEnabled": Setting(_is(False), "a slip in the code could show data"),
    "runner.postScriptGC": Setting(_is(False), "everybody would wait at every click"),
}


def checks(root: Path) -> Iterator[Check]:
    file = root / ".streamlit" / "config.toml"
    held, trouble = _read(file)
    yield check("config.toml", not trouble, trouble or file, "Take our own .streamlit/config.toml again.")
    for key, setting in SETTINGS.items():
        section, name = key.split(".")
        found = held.get(section, {}).get(name, ABSENT)
        remedy = f"Otherwise {setting.why}. Set it in .streamlit/config.toml as it was delivered."
        yield check(key, setting.well(found), found, remedy)
    yield _environment()


def _read(file: Path) -> tuple[dict[str, Any], str]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), ""
    except OSError as error:
        return {}, f"{file}: {error.strerror}"
    except ValueError as error:  # not TOML, or not text
        return {}, f"{file}: {error}"


def _environment() -> Check:
    """What Streamlit takes from the environment goes before the file."""
    given = sorted(name for name in os.environ if name in map(_variable, SETTINGS))
    remedy = "The environment goes before the file. Take these away where Plumbline is started."
    return check("environment", not given, ", ".join(given) or "changes none of these", remedy)


def _variable(key: str) -> str:
    section, name = key.split(".")
    snake = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return f"STREAMLIT_{section}_{snake}".upper()
