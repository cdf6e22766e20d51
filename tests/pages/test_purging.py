"""Taking a client's data out of the audit trail, as an administrator does it."""

from streamlit.testing.v1 import AppTest

from assessments.store import database, place
from assessments.store.access import Actor
from assessments.use_cases.agencies import agencies_of, cycles, local_person, sites
from assessments.use_cases.assessments import start_assessment
from tests.pages.driven import at, fill, press, sound, written
from tests.pages.test_home import set_up
from tests.use_cases.cast import NOW, PROGRAM, House

CLIENT = "Wilhelmina *Feather*"
WORDS, REASON, YES = "The words that have to go", "Why they have to go", "Yes, delete these texts for good"


def house() -> House:
    set_up()
    engine = database.connect(place.database_url())
    with database.writing(engine) as db:
        person = local_person(db)
        assert person
        (agency,) = agencies_of(db, person.id)
        actor = Actor(person.id, agency.id)
        (site,), (cycle,) = sites(db, actor), cycles(db, actor)
        draft = start_assessment(db, actor, NOW, site.id, cycle.id, *PROGRAM)
    return House(engine, actor, site.id, cycle.id, draft)


def looked_for(words: str = CLIENT) -> AppTest:
    test = at("setup/trail.py")
    fill(test, WORDS, words)
    return sound(test.run())


def test_what_was_taken_out_of_the_note_is_taken_out_of_the_trail() -> None:
    ours = house()
    ours.note("ORG-01", f"{CLIENT} was seen")
    ours.note("ORG-01", "", 1)
    test = looked_for()
    assert "2 entries hold these words" in written(test)
    fill(test, REASON, "A client was named by mistake")
    test = press(test, "Delete the texts")
    assert "Tick the box" in test.error[0].value
    (box,) = (one for one in test.checkbox if one.label == YES)
    box.check()
    test = press(test, "Delete the texts")
    assert "The texts of 2 entries are deleted for good" in test.success[0].value
    assert CLIENT not in str(test.table[0].value)
    assert "Took words out of the trail" in str(test.table[0].value["What and where"])
    assert [field.value for field in test.text_input if field.label == WORDS] == [""]
    assert "No entry of the trail" in looked_for().info[0].value


def test_it_says_where_the_words_still_stand_and_offers_nothing() -> None:
    ours = house()
    ours.note("ORG-01", f"{CLIENT} was seen")
    test = looked_for()
    assert "the note on ORG-01 of “Care of pregnant" in test.warning[0].value.replace("\\", "")
    assert REASON not in [field.label for field in test.text_input]


def test_too_few_characters_are_refused_in_place() -> None:
    house()
    assert "at least 3 characters" in looked_for("ab").error[0].value
