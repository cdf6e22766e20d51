from pathlib import Path

import pytest

from standards import catalogue, profiles

STAFF = ("perinatal-staff", "1.0")
GOOD = """\
checklist = "perinatal-staff"
edition = "1.0"
about = "A start."
[[profile]]
name = "Nurse"
why = "Sees infants."
[profile.at]
3 = ["STF-01"]
"""


@pytest.mark.parametrize("key", sorted(profiles.shipped()))
def test_every_need_is_a_level_of_an_indicator_of_its_checklist(key: tuple[str, str]) -> None:
    checklist = catalogue.library()[key]
    assert checklist.subject == "staff"
    for profile in profiles.shipped()[key].profiles:
        assert set(profile.needs) <= set(checklist.indicator), profile.name
        assert all(level in checklist.ladder_of[name].values for name, level in profile.needs.items())


def test_the_seven_usual_roles() -> None:
    found = {profile.name: profile.needs for profile in profiles.shipped()[STAFF].profiles}
    assert list(found) == [
        "Counselor",
        "Nurse",
        "Case manager",
        "Peer specialist",
        "Residential aide",
        "Supervisor",
        "Front desk",
    ]
    every = set(catalogue.library()[STAFF].indicator)
    assert {
        name: every - set(needs) for name, needs in found.items() if name != "Front desk" and set(needs) != every
    } == {"Residential aide": {"STF-14"}}
    assert found["Front desk"]["STF-08"] == 3
    assert {found["Front desk"][f"STF-{number}"] for number in range(16, 21)} == {1}
    assert not {"STF-11", "STF-12"} & set(found["Front desk"])
    for name in ("Counselor", "Nurse", "Case manager", "Peer specialist"):
        levels = list(found[name].values())
        assert max(set(levels), key=levels.count) == 3


def test_the_good_file_is_read(tmp_path: Path) -> None:
    """Control of what follows: it is refused for what was changed, and for nothing else."""
    (tmp_path / "some.toml").write_text(GOOD, encoding="utf-8")
    assert profiles.read(tmp_path / "some.toml").profiles[0].needs == {"STF-01": 3}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('["STF-01"]', '["STF-01", "STF-01"]'),
        ("3 = ", "5 = "),
        ("3 = ", "0 = "),
        ('["STF-01"]', "[]"),
        ('["STF-01"]', '"STF-01"'),
        ('"Nurse"', '" "'),
        ('why = "Sees infants."', ""),
        ('edition = "1.0"', "edition = 1.0"),
        ("about", "extra"),
        ("[[profile]]", "[[role]]"),
        ("checklist =", "= checklist"),
        ('3 = ["STF-01"]', '3 = ["STF-01"]\n2 = ["STF-01"]'),
    ],
)
def test_another_shape_is_refused(was: str, becomes: str, tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(GOOD.replace(was, becomes), encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        profiles.read(tmp_path / "some.toml")
