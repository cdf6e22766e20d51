"""A page as a person would drive it, without a browser: the real frame on a database of the test's own."""

from collections.abc import Iterable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.shown import in_html

FRAME = str(Path(__file__).resolve().parents[2] / "pages" / "frame.py")


def app() -> AppTest:
    """At the front door."""
    return AppTest.from_file(FRAME, default_timeout=20).run()


def at(page: str, **address: str) -> AppTest:
    """As one comes by an address, with no page before."""
    test = AppTest.from_file(FRAME, default_timeout=20)
    for name, value in address.items():
        test.query_params[name] = value
    return sound(test.switch_page(page).run())


def sound(test: AppTest) -> AppTest:
    assert [error.value for error in test.exception] == []
    return test


def press(test: AppTest, label: str) -> AppTest:
    found = [button for button in test.button if button.label == label]
    assert found, f"no button “{label}” among {[button.label for button in test.button]}"
    return sound(found[0].click().run())


def fill(test: AppTest, label: str, value: str) -> None:
    """The first field of that label: an input of text or a choice by its value."""
    fields = [field for field in (*test.text_input, *test.selectbox) if field.label == label]
    assert fields, f"no field “{label}”"
    fields[0].set_value(value)


def written(test: AppTest) -> str:
    """Everything on the page that is text, as Markdown, and what its pieces of HTML say."""
    parts: list[Iterable[str]] = [
        [element.value for element in kind]
        for kind in (test.title, test.subheader, test.markdown, test.info, test.success, test.warning, test.error)
    ]
    return "\n".join([*(text for part in parts for text in part), in_html(test)])
