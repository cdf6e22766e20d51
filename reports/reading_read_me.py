"""How the workbook of an offline reader is filled in, in words."""

from collections.abc import Mapping

from reports.workbook_form import CANNOT_JUDGE, CLEAR, NOT_APPLICABLE
from standards.model import Checklist

OF_DATES: Mapping[str, str] = {
    "The sheet Clocks": "A day as in 2026-03-31 or 03/31/2026; where the hour counts, as in 2026-03-31 14:00. What is "
    "not known stays blank. The word none says that there is none: no end stated, no update, not discharged yet.",
    "What becomes of the dates": "They are turned into days that passed, and into met or not met, at the moment when "
    "the workbook is read. No date is stored, and none comes out again. But this file keeps them: delete it once it is "
    "taken in. Where clocks are set already, dates given here take the place of all of them.",
}
OF_NO_PLAN: Mapping[str, str] = {
    "Where the quarter says “no plan”": "The list says that there is no plan in this record. It stays among those "
    "read: what a plan would hold is filled in as not met, and is taken in as such. What may not apply, and what can "
    "be done for a family without a plan, is still to be answered.",
}


def how_to(checklist: Checklist) -> dict[str, str]:
    return {
        "Checklist": f"{checklist.title}, edition {checklist.edition}. {checklist.about}",
        "One record, one row": "Each column of the sheet Reading asks one thing; its second row says what. Judge by "
        "what the record says, and choose from the list. What each level means is on the sheet Levels.",
        NOT_APPLICABLE: "only where the second row says when. No reason is asked for.",
        CANNOT_JUDGE: "where the record does not tell. It is neither a no nor a zero.",
        "An offer that was declined": "counts like one that was taken up.",
        "A blank cell": "changes nothing.",
        f"The word {CLEAR}": "takes out what is stored.",
        "No names, no notes": "The code is all that says which record this is. Write nothing else about a family here.",
        "From the dates": "Gray cells follow from dates that were given: nobody answers them by hand.",
        "When you are done": "Save it as .xlsx and bring it to the page “Read offline”. It shows what was read, and "
        "writes only when you say so. Keep it where nobody else can open it, and delete it afterward.",
    }
