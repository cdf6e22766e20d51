from pathlib import Path

import pytest

from standards import catalogue, vignettes

SHIPPED = sorted(vignettes.shipped())


@pytest.mark.parametrize("key", SHIPPED)
def test_every_reference_is_a_level_of_an_indicator_of_its_checklist(key: tuple[str, str]) -> None:
    checklist = catalogue.library()[key]
    for vignette in vignettes.shipped()[key].vignettes:
        rated = [one.indicator for one in vignette.references]
        assert len(set(rated)) == len(rated)
        for one in vignette.references:
            assert one.level in checklist.ladder_of[one.indicator].values
            assert one.why.endswith(".")


def test_three_to_five_of_four_to_six_indicators_that_use_the_whole_ladder() -> None:
    found = vignettes.shipped()["perinatal-program", "1.0"]
    assert 3 <= len(found.vignettes) <= 5
    assert all(4 <= len(one.references) <= 6 for one in found.vignettes)
    assert len({one.id for one in found.vignettes}) == len(found.vignettes)
    assert set(found.references.values()) == {0, 1, 2, 3, 4}
    assert all("\n" not in one.text for one in found.vignettes)


def test_each_is_one_paragraph_and_none_is_taken_for_a_checklist() -> None:
    assert ("perinatal-program", "1.0") in SHIPPED
    assert vignettes.CALIBRATION != catalogue.LIBRARY


@pytest.mark.parametrize(
    "text", ["checklist = 1", 'checklist = "x"\nedition = "1"\nabout = ""\nvignette = []', "= nothing", 'extra = "key"']
)
def test_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        vignettes.read(tmp_path / "some.toml")
