"""The bar of doors: which pages it leads to, where one is, and that it can say nothing of its own."""

import re
from types import SimpleNamespace
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.shared import bar, hallway
from tests.pages.driven import app, at
from tests.pages.shown import leads
from tests.use_cases.cast import House


def nav(test: AppTest) -> str:
    return "".join(one.proto.body for one in test.get("html") if "<nav" in one.proto.body)


def links(html: str) -> list[str]:
    return re.findall(r'href="(/[^"]*)"', html)


def test_it_leads_to_every_page_that_opens(house: House) -> None:
    found = links(nav(at(hallway.GAPS)))
    assert {"/", "/rate", "/gaps", "/agency", "/close"} <= set(found)
    assert len(found) == len(set(found))
    assert not {"/meeting", "/people"} & set(found), "no door leads to the projector, and nobody signs in here"


def test_it_says_where_one_is(house: House) -> None:
    html = nav(at(hallway.GAPS))
    assert re.findall(r'href="([^"]+)" aria-current="page"', html) == ["/gaps"]
    assert re.findall(r'<summary class="here">([^<]+)', html) == ["Understand"]
    assert 'href="/" aria-current="page"' in nav(app())


def test_there_is_none_on_the_projector(house: House) -> None:
    assert nav(at(hallway.MEETING)) == ""


def test_there_is_none_before_there_is_an_agency() -> None:
    assert nav(app()) == ""


def test_no_title_becomes_markup() -> None:
    page: Any = SimpleNamespace(title="<b>Gaps</b>", url_path="gaps", visibility="visible")
    assert "<b>" not in bar.written({"<i>": [page]}, page) and "<i>" not in bar.written({"<i>": [page]}, page)


def test_in_the_demonstration_another_tab_stays_in_it(furnished: None) -> None:
    test = at(hallway.GAPS, show="demonstration")
    found = links(nav(test))
    assert found and all(link.endswith("?show=demonstration") for link in found)
    assert leads(test) and all("?show=demonstration&" in address for _, address in leads(test))


def test_elsewhere_nothing_is_said_of_it(house: House) -> None:
    house.rate("ORG-01", 0)
    test = at(hallway.GAPS, assessment=house.assessment)
    assert leads(test) and "show=" not in str(leads(test)) + nav(test)
