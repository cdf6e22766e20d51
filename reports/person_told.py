"""One staff member to be told of: what stands on the page, whose words it is in, and whether names stand in it."""

from dataclasses import dataclass
from datetime import datetime

from assessments.rules.competency import Standing, State
from assessments.store.tables import Agency
from assessments.use_cases.one_person import OnePerson
from reports import words
from reports.paper import Text, strong, text, typed
from standards.model import Indicator


@dataclass(frozen=True)
class Told:
    """`made` is a moment in the agency's own time zone. `named`: names of people stand in it, of raters too."""

    person: OnePerson
    agency: Agency
    made: datetime
    named: bool

    def say(self, written: str) -> Text:
        """A checklist's text in the agency's terms; agencies load checklists of their own."""
        return text(typed(words.in_terms(written, self.agency)))

    @property
    def who(self) -> str:
        return self.person.member.label if self.named else self.person.member.details.code

    def competency(self, indicator: Indicator) -> Text:
        return (*text(strong(indicator.id), " "), *self.say(indicator.text))

    def standings(self, state: State) -> list[tuple[Indicator, Standing]]:
        found = ((one, self.person.standings[one.id]) for one in self.person.checklist.indicators)
        return [(one, now) for one, now in found if now.state == state]
