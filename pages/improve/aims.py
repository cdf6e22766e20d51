"""A target in words: what it is for, how far it is, and where it is a step on the way only."""

from assessments.rules.scoring import target_of
from assessments.rules.targets import About, Aim, Reach
from assessments.use_cases.gap_report import GapReport
from pages.insight import said
from pages.shared import house, words

NAMED = 6
"""Ids in a sentence, before it says that there are more."""


def named(report: GapReport, what: tuple[About, str]) -> str:
    """For a list to choose from, which reads no Markdown."""
    about, name = what
    if about == "domain":
        title = next(one.title for one in report.checklist.domains if one.id == name)
        return f"{name}, the whole domain: {words.in_terms(title, house.agency())}"
    return f"{name} {words.in_terms(report.checklist.indicator[name].text, house.agency())}"


def headline(report: GapReport, aim: Aim) -> str:
    if aim.about == "domain":
        name = words.plain(named(report, ("domain", aim.about_id)))
        return f"**{name}**  \nEvery indicator at level {aim.level} or above"
    indicator, ladder = report.checklist.indicator[aim.about_id], report.checklist.ladder_of[aim.about_id]
    level, text = ladder.level(aim.level), said.text(report, aim.about_id)
    return (
        f"**{words.plain(aim.about_id)}** {text}  \nLevel {aim.level}, {said.own(level.name)}. The target of the "
        f"standard is {target_of(indicator, ladder, report.conditions)}"
    )


def standing(aim: Aim, now: GapReport, found: Reach) -> str:
    if not found.of:
        return f"{words.due(aim.by, house.today())}. Nothing of it applies where it was rated last."
    if aim.about == "domain":
        far = f"{found.reached} of {words.count(found.of, 'indicator')} {'is' if found.reached == 1 else 'are'} there"
    else:
        far = f"Now: {said.level(now, aim.about_id)}"
    if found.all_there:
        return f":material/check_circle: **Reached**; the day is {words.day(aim.by)}. {far}"
    return f"{words.due(aim.by, house.today())}. {far}"


def step(aim: Aim, found: Reach) -> str:
    """Said where the standard asks a duty or a critical item for more."""
    if not found.steps:
        return ""
    if aim.about == "indicator":
        return "  \nA step on the way: for a duty or a critical item the standard asks for more, and its target stays."
    many = words.count(len(found.steps), "duty or critical item", "duties and critical items")
    ids = words.plain(", ".join(found.steps[:NAMED])) + (" and more" if found.steps[NAMED:] else "")
    return f"  \nA step on the way for {many} ({ids}): there the standard asks for more, and that stays."
