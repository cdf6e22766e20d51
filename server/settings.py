"""Settings of Streamlit's that the door and saving rest on: a command line or the environment can override the file."""

from collections.abc import Callable, Mapping

from server import address
from server.guard import SESSION

DEMANDED: Mapping[str, object] = {
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.trustedUserHeaders": {SESSION: "browser"},
    "server.baseUrlPath": "",
    "client.showErrorDetails": "none",
    "global.developmentMode": False,
    "logger.enableRich": False,
    "runner.fastReruns": False,
}
"""A stranger's session is not resumed because Streamlit compares `browser`; a rich traceback shows what was typed; and
of two runs of one session at once the second can meet what the first saves as somebody else's.
"""


def require(option: Callable[[str], object]) -> None:
    """Refuses to start otherwise, in a sentence; `option` reads a setting as Streamlit has it."""
    address.require_this_machine(address.listens_on(option)[0])
    faults = wrong(option)
    if faults:
        raise SystemExit(
            f"Plumbline did not start: {'; '.join(faults)}. Take the setting off the command line and out of the "
            "environment (STREAMLIT_...), and leave .streamlit/config.toml as it came."
        )


def wrong(option: Callable[[str], object]) -> list[str]:
    return [
        f"the setting {key} is {option(key)!r} and has to be {value!r}"
        for key, value in DEMANDED.items()
        if option(key) != value
    ]
