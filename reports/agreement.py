"""How far two raters agree, for people who have never heard of a kappa: a sentence first, then the table."""

from fractions import Fraction

from assessments.rules.agreement import Agreement
from assessments.use_cases.consensus import Pair
from reports import words
from reports.paper import Text, strong, text, typed

COLUMNS = ("Both gave a level", "Same level", "At most one apart", "Mean difference", "Kappa (linear)", "AC2")
"""After what the row is of."""
YES_NO_COLUMNS = ("Both said yes or no", "Same answer", "Kappa", "AC1")
MEANING = (
    "The mean difference is in levels, whichever way. Kappa and AC2 say how far two raters agree beyond what chance "
    "would bring: 1 is all the way, 0 is no better than chance. Labels of kappa: 0.41 moderate, 0.61 substantial."
)
MEANING_YES_NO = (
    "Between yes and no there is nothing, so kappa is taken without weights, and AC1 stands in the place of AC2."
)
NOT_GIVEN = (
    "Where no kappa is given, the two did not both give a level to 20 indicators, or one of them gave the same level "
    "everywhere."
)
READY = "That is enough to be ready to rate, by the convention below."
NOT_READY = "By the convention below that is not enough yet: how the levels are read needs talking over."


def sentence(pair: Pair) -> Text:
    whole, names = pair.agreements.whole, (typed(pair.first), " and ", typed(pair.second))
    if not whole.compared:
        return text("There is no indicator to which both ", *names, " gave a level, so nothing can be said yet.")
    return text(
        *names,
        f" both gave a level to {words.count(whole.compared, 'indicator')}. On ",
        strong(str(whole.exact)),
        f" of them it is the same level ({words.percent(whole.exact_share)}), on ",
        strong(str(whole.within_one)),
        f" they are at most one level apart ({words.percent(whole.within_share)}). ",
        strong(READY if whole.ready else NOT_READY),
    )


def without_kappa(pair: Pair) -> str:
    """Why some have none; empty where all have one."""
    whole = pair.agreements.whole
    if whole.why_not:
        return f"Over all: {whole.why_not}"
    return NOT_GIVEN if any(one.why_not for one in pair.agreements.domains.values()) else ""


def cells(one: Agreement) -> tuple[str, ...]:
    """Of `COLUMNS`."""
    if not one.compared or one.mean_apart is None:
        return ("0", "", "", "", "", "")
    kappa, ac2 = ("not given", "not given")
    if one.chance:
        kappa, ac2 = f"{hundredths(one.chance.kappa)} {one.chance.label}", hundredths(one.chance.ac2)
    shares = (words.percent(one.exact_share), words.percent(one.within_share))
    return (str(one.compared), *shares, hundredths(one.mean_apart), kappa, ac2)


def yes_no_cells(one: Agreement) -> tuple[str, ...]:
    """Of `YES_NO_COLUMNS`."""
    compared, same, _, _, kappa, ac1 = cells(one)
    return compared, same, kappa, ac1


def hundredths(value: Fraction) -> str:
    """Cut and not rounded, so that no number looks as if it had reached a label."""
    cut = int(abs(value) * 100)
    return f"{'−' if value < 0 and cut else ''}{cut // 100}.{cut % 100:02}"
