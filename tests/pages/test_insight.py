"""The insight wing as a person meets it: every number with what qualifies it, and a way to its ratings."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from assessments.rules.bands import CONVENTION
from assessments.rules.ratings import State
from assessments.store import database, place
from assessments.store.access import Actor
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, add_cycle, cycles, set_up, sites
from assessments.use_cases.assessments import Cover, start_assessment, write_cover
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import Answer, EvidenceDetails
from assessments.use_cases.submission import submit
from standards.catalogue import library
from tests.pages.shown import html_tables, in_html, leads

FRAME = str(Path(__file__).resolve().parents[2] / "pages" / "frame.py")
NOW = datetime(2026, 5, 4, 15, 30, tzinfo=UTC)
PROGRAM = library()["perinatal-program", "1.0"]
RECORD = EvidenceDetails("record", "Ten records", date(2026, 4, 1), "https://example.org/a_(b)")
NASTY = "Seen by *all* ![x](http://host/p.png)"


class Agency:
    """One invented agency in a store of its own, and the pages as its only person sees them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with database.writing(engine) as db:
            details = AgencyDetails("Harbor House", "WY", "America/Denver", block_grant=True)
            cycle = CycleDetails("Baseline", date(2026, 1, 1))
            self.actor: Actor = set_up(db, NOW, "Ann", details, SiteDetails("Harbor", infants_on_site=True), cycle)
            self.site = sites(db, self.actor)[0].id

    def start(self, cycle: str = "Baseline", checklist: str = "perinatal-program") -> str:
        with database.writing(self.engine) as db:
            known = {one.name: one.id for one in cycles(db, self.actor)}
            if cycle not in known:
                known[cycle] = add_cycle(db, self.actor, NOW, CycleDetails(cycle, date(2026, 1 + len(known), 1)))
            return start_assessment(db, self.actor, NOW, self.site, known[cycle], checklist, "1.0")

    def rate(self, assessment: str, levels: Mapping[str, int | Answer], supported: bool = True) -> None:
        with database.writing(self.engine) as db:
            for name, level in levels.items():
                answer = level if isinstance(level, Answer) else Answer(State.LEVEL, level)
                rate(db, self.actor, NOW, assessment, name, answer, 0)
                if supported and answer.state is State.LEVEL:
                    add_evidence(db, self.actor, NOW, assessment, name, RECORD)

    def all_at(self, level: int, met: int = 10) -> dict[str, int | Answer]:
        counted = Answer(State.LEVEL, None, met, 10, 10)
        return {i.id: counted if PROGRAM.ladder_of[i.id].kind == "counts" else level for i in PROGRAM.indicators}

    def open(self, page: str, **address: str) -> AppTest:
        app = AppTest.from_file(FRAME, default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        shown = app.switch_page(f"insight/{page}.py").run()
        assert not shown.exception
        return shown


@pytest.fixture
def agency(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    assert sqlite_url == place.sqlite_url(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    st.cache_resource.clear()
    engine = database.connect(sqlite_url)
    yield Agency(engine)
    engine.dispose()
    st.cache_resource.clear()


def texts(app: AppTest) -> str:
    """All that is said, as Markdown is read: without the signs that escape."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.text, *app.info, *app.success]
    return "\n".join([*(part.value for part in parts), in_html(app)]).replace("\\", "")


def doors(app: AppTest) -> list[tuple[str, str]]:
    """Label and what it takes along, of every link to a page."""
    found = [element.proto for element in app.get("page_link")]
    return [
        *((link.label, link.query_string) for link in found),
        *((label, address.partition("?")[2]) for label, address in leads(app)),
    ]


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_without_an_assessment_the_page_says_how_to_start_one(agency: Agency) -> None:
    app = agency.open("gaps")
    assert "no assessment yet" in texts(app)
    assert [label for label, _ in doors(app)] == ["Start an assessment"]


def test_with_nothing_rated_the_page_shows_no_figure_and_leads_to_rating(agency: Agency) -> None:
    app = agency.open("gaps", assessment=agency.start())
    assert "Nothing is rated yet" in texts(app)
    assert figures(app) == {}
    assert doors(app)[-1][0] == "Start rating"


def test_the_figures_are_those_of_the_report_with_what_qualifies_them(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(3) | {"ORG-03": 1})
    app = agency.open("gaps", assessment=assessment)
    with database.reading(agency.engine) as db:
        whole = gap_report(db, agency.actor, assessment).score.whole
    assert figures(app) == {
        "Score, 0 to 4": "2.9",
        "Band": "Partial",
        "Rated": "33 of 33",
        "At target": f"{whole.at_target} of 33",
    }
    said = texts(app)
    assert CONVENTION in said
    assert "1 duty not met" in said
    assert "draft" in said


def test_a_capped_band_says_so_and_leaves_the_mean(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(4) | {"ORG-03": 1})
    app = agency.open("gaps", assessment=assessment)
    assert (figures(app)["Score, 0 to 4"], figures(app)["Band"]) == ("3.9", "Partial")
    assert "Capped: 1 duty not met" in texts(app)


def test_where_the_two_means_differ_the_page_says_why(agency: Agency) -> None:
    assessment = agency.start()
    sup: dict[str, int | Answer] = {name: 0 for name in PROGRAM.indicator if name.startswith("SUP")}
    agency.rate(assessment, agency.all_at(4) | sup)
    assert "Over all indicators alike it is 3.1" in texts(agency.open("gaps", assessment=assessment))


def test_much_that_is_not_applicable_is_warned_about(agency: Agency) -> None:
    assessment = agency.start()
    away: int | Answer = Answer(State.NOT_APPLICABLE, reason="No infants stay here")
    named = [i.id for i in PROGRAM.by_domain["ORG"] if i.na]
    agency.rate(assessment, agency.all_at(3) | {i.id: away for i in PROGRAM.by_domain["ORG"] if i.na})
    assert len(named) * 4 > len(PROGRAM.by_domain["ORG"])
    assert "are called not applicable, more than a quarter" in texts(agency.open("gaps", assessment=assessment))


def test_below_four_fifths_there_is_no_band_and_the_missing_part_is_named(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, {"ORG-01": 3, "ORG-02": Answer(State.CANNOT_JUDGE)})
    app = agency.open("gaps", assessment=assessment)
    assert figures(app)["Band"] == "No band yet"
    assert "Organization policy: 1 of 11" in texts(app)
    assert CONVENTION not in texts(app)
    assert ("1 cannot judge", f"assessment={assessment}&state=cannot-judge") in doors(app)
    assert "Range" in texts(app)


def test_all_at_target_says_so_and_shows_no_range(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(4))
    app = agency.open("gaps", assessment=assessment)
    assert figures(app)["Band"] == "Strong"
    assert "Nothing here falls short" in texts(app)
    assert "Range" not in "".join(one.value for one in app.markdown), "but as a column of the table"
    assert {row[2] for row in html_tables(app)[0][1:]} == {"4.0"}


def test_the_list_begins_with_duties_and_every_row_leads_to_its_rating(agency: Agency) -> None:
    assessment = agency.start()
    short: dict[str, int | Answer] = {"PAR-14": 0, "ORG-03": 1, "ORG-11": Answer(State.LEVEL, None, 4, 6, 12)}
    agency.rate(assessment, agency.all_at(3) | short)
    app = agency.open("gaps", assessment=assessment)
    headings = [heading.value for heading in app.subheader]
    assert headings[:2] == ["Duties not met (1)", "Critical, not met (1)"]
    assert headings[2].startswith("Below target")
    assert leads(app)[:2] == [
        ("Evidence", f"/ratings?assessment={assessment}&indicator=ORG-03"),
        ("Rate", f"/rate?assessment={assessment}&part=ORG-1&open=ORG-03"),
    ]
    assert "4 of 6; of all 12, 4 to 10 can be expected to meet it" in texts(app)
    assert "2 of 6 cases fall short" in texts(app)


def test_only_a_duty_that_is_not_met_is_red(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(3) | {"PAR-01": 1})
    assert urgent(agency.open("gaps", assessment=assessment)) == []
    other = agency.start("Follow-up")
    agency.rate(other, agency.all_at(3) | {"ORG-03": 1})
    assert urgent(agency.open("gaps", assessment=other)) == ["Duty"]


def urgent(app: AppTest) -> list[str]:
    assert ":red" not in "".join(one.value for one in app.markdown)
    return re.findall(r'class="badge urgent">(\w+)', "".join(one.proto.body for one in app.get("html")))


def test_choosing_a_domain_filters_list_and_strip(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(2))
    app = agency.open("gaps", assessment=assessment)
    assert len(indicators(app)) == 33
    app.button_group[0].set_value("SUP").run()
    assert indicators(app) == {f"SUP-0{n}" for n in range(1, 8)}
    assert "ORG-01" not in texts(app) and "SUP-01" in texts(app)


def indicators(app: AppTest) -> set[str]:
    """Of the table that says the same as the strip."""
    return {row[0] for row in html_tables(app)[1][1:]}


def test_the_table_beside_the_chart_says_what_the_score_says(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, {"ORG-01": 3, "ORG-02": 2, "SUP-01": 1})
    table = html_tables(agency.open("gaps", assessment=assessment))[0]
    assert [(row[0], row[1], row[-1]) for row in table] == [
        ("Domain", "Score", "Rated"),
        ("Organization policy", "2.5 incomplete", "2 of 11"),
        ("Partnerships", "none incomplete", "0 of 15"),
        ("Supervision and training", "1.0 incomplete", "1 of 7"),
    ]


def test_a_submitted_assessment_shows_its_receipt_and_offers_no_rating(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, agency.all_at(2))
    with database.writing(agency.engine) as db:
        receipt = submit(db, agency.actor, NOW, assessment)
    app = agency.open("gaps", assessment=assessment)
    assert f"Receipt {receipt.short()}" in texts(app)
    assert "newest audit link" in texts(app)
    assert "Rate" not in [label for label, _ in doors(app)]
    assert "draft" not in texts(app)


def test_context_stands_apart(agency: Agency) -> None:
    assessment = agency.start(checklist="posc-team")
    team = library()["posc-team", "1.0"]
    outside = [indicator.id for indicator in team.indicators if not indicator.scored]
    agency.rate(
        assessment, {indicator.id: 3 for indicator in team.indicators if team.ladder_of[indicator.id].kind == "judged"}
    )
    app = agency.open("gaps", assessment=assessment)
    assert outside
    assert "Context, not scored" in texts(app)
    assert indicators(app) and not set(outside) & indicators(app)


def test_one_indicator_shows_all_that_its_rating_rests_on(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, {"ORG-03": 3})
    with database.writing(agency.engine) as db:
        write_note(db, agency.actor, NOW, assessment, "ORG-03", NASTY, 0)
    app = agency.open("ratings", assessment=assessment, indicator="ORG-03")
    said = texts(app)
    for part in ("Level 3, Established", "Ann", NASTY, "Ten records", "April 1, 2026", "Standard SM-A1", "Read in"):
        assert part in said
    assert "https://example.org/a_%28b%29" in said
    assert "A duty by 42 U.S.C. 300x-27" in said
    assert "ORG-04" not in said
    assert NASTY not in "".join(one.value for one in app.markdown)


@pytest.mark.parametrize("asked", ["ORG-99", "<b>", ""])
def test_an_indicator_that_is_not_of_the_checklist_is_ignored(agency: Agency, asked: str) -> None:
    app = agency.open("ratings", assessment=agency.start(), indicator=asked)
    assert "33 of 33 indicators" in texts(app)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("rated", {"ORG-01", "ORG-02"}),
        ("unsupported", {"ORG-02"}),
        ("cannot-judge", {"ORG-05"}),
        ("not-applicable", {"ORG-10"}),
    ],
)
def test_a_state_in_the_address_narrows_the_ratings(agency: Agency, state: str, shown: set[str]) -> None:
    assessment = agency.start()
    away = Answer(State.NOT_APPLICABLE, reason="No infants stay here")
    agency.rate(assessment, {"ORG-01": 3, "ORG-05": Answer(State.CANNOT_JUDGE), "ORG-10": away})
    agency.rate(assessment, {"ORG-02": 2}, supported=False)
    said = texts(agency.open("ratings", assessment=assessment, state=state))
    assert {name for name in PROGRAM.indicator if f"**{name}**" in said} == shown


def test_one_assessment_alone_cannot_be_compared(agency: Agency) -> None:
    agency.start()
    app = agency.open("cycles")
    assert "nothing to compare yet" in texts(app)
    assert doors(app)[-1][0] == "Start an assessment"


def test_cycles_are_compared_on_what_both_rated(agency: Agency) -> None:
    before, after = agency.start("Baseline"), agency.start("Follow-up")
    agency.rate(before, {"ORG-01": 1, "ORG-02": 3, "ORG-05": 2})
    agency.rate(after, {"ORG-01": 3, "ORG-02": 2, "ORG-06": 4})
    app = agency.open("cycles")
    said = texts(app)
    assert "On **2 of 33 indicators** rated in both, the score was **2.0** before and is **2.5** after" in said
    assert [heading.value for heading in app.subheader] == ["Up (1)", "Down (1)"]
    assert "From **1 Beginning** to **3 Established**" in said
    assert app.expander[0].label == "Left out: 31 indicators"
    assert app.table[0].value.to_dict("records") == [
        {"Domain": "Organization policy", "Before": "2.0", "After": "2.5", "On": "2 indicators"}
    ]


def test_the_difference_is_split_with_its_coverage(agency: Agency) -> None:
    before, after = agency.start("Baseline"), agency.start("Follow-up")
    agency.rate(before, {"ORG-01": 1, "ORG-02": 3, "ORG-05": 2})
    agency.rate(after, {"ORG-01": 3, "ORG-02": 2, "ORG-06": 4})
    app = agency.open("cycles")
    said = texts(app)
    assert "the score was **2.00** before and is **3.00** after, a difference of **+1.00**" in said
    assert "What was rated in both (2 indicators) brings **+0.50**: only that can be a change of the program" in said
    assert "The covers do not both say who rated." in said
    assert "Rated, of what applies: 9 % before, 9 % after" in said
    rows = app.table[1].value
    assert list(zip(rows["Part"].str.strip("*"), rows["Levels"], strict=True)) == [
        ("Practice", "+0.50"),
        ("Edition", "0.00"),
        ("Not applicable", "0.00"),
        ("Not rated", "+0.50"),
        ("Together", "+1.00"),
    ]


@pytest.mark.parametrize(
    ("second", "parts", "says"),
    [
        ("Bob and Ann", ["Practice", "Rater"], "Both covers name the same raters."),
        ("Cam", ["Practice or rater"], "these figures cannot tell the two apart"),
    ],
)
def test_where_others_rated_nothing_is_called_practice(
    agency: Agency, second: str, parts: list[str], says: str
) -> None:
    for cycle, raters in (("Baseline", "Ann, Bob"), ("Follow-up", second)):
        assessment = agency.start(cycle)
        agency.rate(assessment, {"ORG-01": 1 if cycle == "Baseline" else 3})
        with database.writing(agency.engine) as db:
            write_cover(db, agency.actor, NOW, assessment, Cover(raters), 0)
    app = agency.open("cycles")
    assert says in texts(app)
    assert list(app.table[1].value["Part"].str.strip("*"))[: len(parts)] == parts
    assert app.table[1].value["Levels"][0] == "+2.00"


def test_two_checklists_without_a_common_indicator_say_so(agency: Agency) -> None:
    agency.start("Baseline")
    agency.start("Follow-up", "posc-team")
    said = texts(agency.open("cycles"))
    assert "No indicator was rated in both" in said
    assert "Where the difference comes from" not in said
