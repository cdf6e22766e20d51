"""What Streamlit tells of the theme at the start of each run is what its settings say, and is read from them once."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.app_session import _populate_theme_msg as tell  # the one that `app.py` replaces

from server import theme

SECTIONS = ("theme", *(f"theme.{part.value}" for part in config.CustomThemeCategories))


@pytest.mark.parametrize("section", SECTIONS)
def test_it_is_told_as_streamlit_tells_it(section: str) -> None:
    again = theme.told_once(tell)
    expected = CustomThemeConfig()
    tell(expected, section)
    for _ in range(2):
        told = CustomThemeConfig()
        again(told, section)
        assert told == expected


def test_an_empty_section_stays_away() -> None:
    told = CustomThemeConfig()
    theme.told_once(lambda *_: None)(told.light, "theme.light")
    assert not told.HasField("light")


def test_the_settings_are_read_once_a_section() -> None:
    read: list[str] = []

    def reading(message: CustomThemeConfig, section: str) -> None:
        read.append(section)
        tell(message, section)

    again = theme.told_once(reading)
    for section in (*SECTIONS, *SECTIONS):
        again(CustomThemeConfig(), section)
    assert read == list(SECTIONS)
