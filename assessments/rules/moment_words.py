"""What each moment of a record is called, on the screen, in a list of Excel and in every fault: one table for all."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "born": "Birth",
    "identified": "Use identified",
    "began": "Plan began",
    "updated": "Updates",
    "completed": "Plan complete",
    "second_input": "Input of a second discipline",
    "mother_home": "Mother's discharge",
    "infant_home": "Infant's discharge",
    "after_birth": "Plan initiated after the birth",
    "ends": "Plan ends",
    "referred": "Referral",
    "first_service": "First service",
    "sought": "Treatment sought",
    "interim": "Interim services",
}
FLAGS: Mapping[str, str] = {
    "unborn": "The infant was not born yet",
    "mother_stays": "The mother had not been discharged from a hospital after the birth",
    "infant_stays": "The infant had not been discharged from a hospital",
    "no_update": "The plan was never updated",
    "no_input": "No second discipline gave input",
    "incomplete": "The plan was never complete",
    "no_end": "The plan states no end",
}
NONE = "none"
"""In place of a date, where the record shows that there is none."""
FLAG_OF: Mapping[str, str] = {
    "born": "unborn",
    "updated": "no_update",
    "completed": "incomplete",
    "second_input": "no_input",
    "mother_home": "mother_stays",
    "infant_home": "infant_stays",
    "ends": "no_end",
}
"""What the word none says in the field of a moment."""
