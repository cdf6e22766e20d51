"""The settings that the measurements rest on are there, have the values asked for, and Streamlit still knows them."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

FILE = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
SETTINGS = tomllib.loads(FILE.read_text(encoding="utf-8"))
DEMANDED = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.maxUploadSize": 10,
    "server.enableAgentApi": False,
    "browser.serverAddress": "127.0.0.1",
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.allowedOrigins": [],
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "runner.fastReruns": False,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
}


def keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def unknown(table: Mapping[str, Any]) -> list[str]:
    """Keys that the installed Streamlit would ignore with no more than a line in its log."""
    return [key for key in keys(table) if key not in config._config_options_template]


def setting(key: str) -> Any:
    section, name = key.split(".")
    return SETTINGS[section][name]


@pytest.mark.parametrize("key", DEMANDED)
def test_a_setting_has_the_value_asked_for(key: str) -> None:
    assert setting(key) == DEMANDED[key]


def test_streamlit_knows_every_key() -> None:
    assert unknown(SETTINGS) == []


def test_a_key_that_streamlit_dropped_is_seen() -> None:
    assert unknown({"runner": {"postScriptGarbage": False}}) == ["runner.postScriptGarbage"]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of a color written #rrggbb."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faded(text: str, ground: str, opacity: float = 0.6) -> str:
    """The color of a caption: Streamlit draws it in the text color at this opacity."""
    mixed = (
        round(opacity * int(text[place : place + 2], 16) + (1 - opacity) * int(ground[place : place + 2], 16))
        for place in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_captions_links_and_accents_can_be_read(theme: str, ground: str) -> None:
    colors = SETTINGS["theme"][theme]
    behind = colors[ground]
    assert contrast(colors["textColor"], behind) >= 7
    assert contrast(faded(colors["textColor"], behind), behind) >= 4.5
    assert contrast(colors["linkColor"], behind) >= 4.5
    assert contrast(colors["primaryColor"], behind) >= 4.5
    assert contrast(colors["borderColor"], behind) >= 3


def test_the_stock_caption_would_fail() -> None:
    assert contrast(faded("#31333f", "#ffffff"), "#ffffff") < 4.5
