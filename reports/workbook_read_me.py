"""How to fill in a rating workbook, as its first sheet says it."""

from reports import words

ONE_RATER = (
    "Only this rater fills it in, without seeing what others gave, and it comes back to this rater’s sheet alone."
)
HOW_TO = {
    "Where to write": "In the pale yellow cells of the sheets “Ratings” and “Evidence”, and nowhere else.",
    "A blank cell": "changes nothing: what is stored stays.",
    "The word clear": "takes out what is stored: as the answer, the rating; in the cell of a note, the note; in the "
    "column “In all”, that number.",
    "Your answer": f"Choose from the list. “Cannot judge”: {words.CANNOT_JUDGE}",
    "Not applicable": "is offered where an indicator may not apply, and needs the reason in its column.",
    "Counts": "Where the cells for counts are yellow, give how many met it, of how many that were looked at, and how "
    "many there are in all, if you know. The level is computed from them; leave the answer blank.",
    "Evidence": "One line each. A line that you change comes back as a new one, and the old one stays: to revise or "
    "remove evidence, go to the page “Rate”.",
    "Nothing about clients": "No names, dates of birth, record numbers or telephone numbers of clients or of their "
    "families, anywhere in this workbook.",
    "When you are done": "Save it as .xlsx and bring it to the page “Workbook”. It shows what would change, and writes "
    "only when you say so.",
}
