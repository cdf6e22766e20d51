"""Words by which others would know an agency before both agree."""

import pytest

from assessments.rules.peer_help import names_in

NAMES = ("Riverbend Recovery Center", "St. Anne’s House", "Main Street", "Ivy")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Come to RIVERBEND  recovery center!", ("Riverbend Recovery Center",)),
        ("Ask for riverbend-recovery_center or #RiverbendRecoveryCenter", ("Riverbend Recovery Center",)),
        ("Come to Riverbend’s yard", ("Riverbend",)),
        ("We at Anne’s have a form", ("Anne",)),
        ("It is on Main Street", ("Main Street",)),
        ("Look at www.ours.example/forms.", ("www.ours.example/forms",)),
        ("Or (https://ours.example), or ours.org, too", ("https://ours.example", "ours.org")),
        ("Write to Kim@Ours.example.", ("kim@ours.example",)),
        ("River\u200bbend", ("Riverbend",)),
    ],
)
def test_a_name_a_word_of_it_and_an_address_are_found(text: str, found: tuple[str, ...]) -> None:
    assert names_in(text, NAMES) == found


@pytest.mark.parametrize(
    "text",
    [
        "Our recovery center has a main form for each house and street",
        "The river bends; annex B; ivy on the wall is no name, it is too short",
        "Version 2.0 of plan.docx, e.g. the part on co-occurring needs. Us too: call",
        "We meet at 3.30, as of 1.1.",
    ],
)
def test_what_many_say_tells_of_nobody(text: str) -> None:
    assert names_in(text, NAMES) == ()


def test_a_name_of_common_words_is_found_as_a_whole_alone() -> None:
    names = ("County Women’s Services", "第一医院")
    assert names_in("Services for women of the county", names) == ()
    assert names_in("The County Women’s Services", names) == names[:1]
    assert names_in("在 第一医院 有", names) == names[1:]
