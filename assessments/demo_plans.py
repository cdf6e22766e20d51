"""The invented reviews of plans: who is on the list, what was drawn, what two readers found, and what that comes to.

The dates of the records live here for as long as a list takes to be read, as they do where a list comes by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from assessments.demo_cast import EDITION, Review
from assessments.demo_plan import Later
from assessments.rules.codes import offered
from assessments.rules.moments import Moments
from assessments.rules.plan_results import is_critical
from assessments.rules.ratings import State
from assessments.rules.team_share import ROLES
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.clocks import is_certain
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.readers import compare_readers, readers_differ
from assessments.use_cases.readings_back import ReadingRow, ReturnedReadings, TeamRow
from assessments.use_cases.readings_intake import preview_readings, take_in_readings
from assessments.use_cases.record_checks import RecordDetails
from assessments.use_cases.record_counts import count_records
from assessments.use_cases.record_ratings import Found, Reader, rate_record, record_ratings
from assessments.use_cases.records import RecordLine, records
from assessments.use_cases.records_back import RecordRow
from assessments.use_cases.records_intake import preview_records, take_in_records
from assessments.use_cases.reviews import ReviewLine, ReviewRules, reviews, start_review, write_review_rules
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import submit
from assessments.use_cases.took_part import Part
from standards.model import Checklist, Indicator, Ladder

REPLACED = (
    "A plan that cannot be found or read is put aside, with the reason, and the next in turn of the draw is read "
    "instead. Nobody looks into a plan before deciding that."
)
MARKS: tuple[Part, ...] = ("took-part", "not-there", "not-relevant")
SEED = "4711"
YOUNGEST = 60
"""Days that the last birth lies before the review, so that what follows a birth has happened."""


def review_plans(db: Session, actor: Actor, now: datetime, review: Review) -> Later:
    dice = Random(f"{review.site} {review.cycle}")  # noqa: S311 - nothing secret hangs on it
    done = Reviewing(db, actor, now, review, dice)
    yield done.moment(0), done.list_and_draw
    yield done.moment(2), done.read
    if review.twice:
        yield done.moment(5), done.read_again
        yield done.moment(6), done.compare
    yield done.moment(7), done.count


@dataclass
class Reviewing:
    """One review, from its list to its count."""

    db: Session
    actor: Actor
    now: datetime
    review: Review
    dice: Random

    def moment(self, days: int) -> datetime:
        return self.now - timedelta(days=self.review.days_ago - days)

    def list_and_draw(self) -> Later:
        moment = self.moment(0)
        site = next(one.id for one in sites(self.db, self.actor) if one.name == self.review.site)
        cycle = next(one.id for one in cycles(self.db, self.actor) if one.name == self.review.cycle)
        start_review(self.db, self.actor, moment, site, cycle, [(name, EDITION) for name in self.review.checklists])
        line = self._line()
        rules = ReviewRules(REPLACED, margin=self.review.margin, start_days=14, service_days=30)
        write_review_rules(self.db, self.actor, moment, line.id, rules, line.version)
        seen = preview_records(self.db, self.actor, moment, line.id, self._listed(moment.date()))
        take_in_records(self.db, self.actor, moment, line.id, seen)
        shown = self._line().version
        listed_as = {one.id: one.version for one in records(self.db, self.actor, line.id)}
        draw_records(self.db, self.actor, moment, line.id, shown, listed_as, SEED, self.review.size)
        yield from ()

    def read(self) -> Later:
        """Two are still open where the review is not done; never one that two read."""
        drawn = self._drawn()
        alone = [one for one in drawn if not one.second]
        left = [] if self.review.submitted else alone[-2:]
        for place, checklist in enumerate(self._checklists()):
            already = self._given(place, drawn, "first")
            rows = []
            for number, one in enumerate(drawn, start=2):
                asked = [name for name in checklist.indicator if name not in already.get(one.id, {})]
                if one in left:
                    asked = asked[: 20 * (one is left[0])]
                answers = {name: _answer(checklist, name, self.review.level, self.dice) for name in asked}
                rows.append(ReadingRow(number, one.details.code, answers))
            team = self._team(drawn, left) if place == 0 else ()
            self._take_in(place, checklist, "first", rows, self.moment(2), team)
        yield from ()

    def read_again(self) -> Later:
        """Mostly the same, and else a step apart; what follows from the dates is asked of nobody."""
        twice, checklist = [one for one in self._drawn() if one.second], self._checklists()[0]
        given = self._given(0, twice, "first")
        rows = []
        for number, one in enumerate(twice, start=2):
            asked = {name: found.answer for name, found in given[one.id].items() if not _follows(found)}
            answers = {name: _second(checklist.ladder_of[name], answer, self.dice) for name, answer in asked.items()}
            rows.append(ReadingRow(number, one.details.code, answers))
        self._take_in(0, checklist, "second", rows, self.moment(5))
        yield from ()

    def compare(self) -> Later:
        """Half of what differs is agreed on, by the lower of the two levels."""
        moment, read = self.moment(6), self._line().reads[0].assessment
        compare_readers(self.db, self.actor, moment, self._line().id)
        for one in readers_differ(self.db, self.actor, read)[::2]:
            agreed = min(one.first, one.second, key=lambda answer: (answer.level is None, answer.level))
            given = (read, one.record, one.indicator, agreed, one.version)
            rate_record(self.db, self.actor, moment, *given, reader="agreed")
        yield from ()

    def count(self) -> Later:
        for read in self._line().reads:
            count_records(self.db, self.actor, self.moment(7), read.assessment)
            if self.review.submitted:
                submit(self.db, self.actor, self.moment(7), read.assessment)
        yield from ()

    def _line(self) -> ReviewLine:
        place = (self.review.site, self.review.cycle)
        return next(one for one in reviews(self.db, self.actor) if (one.site, one.cycle) == place)

    def _drawn(self) -> list[RecordLine]:
        found = [one for one in records(self.db, self.actor, self._line().id) if one.turn]
        return sorted(found, key=lambda one: one.turn or 0)

    def _checklists(self) -> list[Checklist]:
        return [shelf.find(self.db, self.actor.agency_id, *read.checklist) for read in self._line().reads]

    def _given(self, place: int, drawn: Iterable[RecordLine], reader: Reader) -> dict[str, dict[str, Found]]:
        read = self._line().reads[place].assessment
        return record_ratings(self.db, self.actor, read, [one.id for one in drawn], reader)

    def _take_in(
        self,
        place: int,
        checklist: Checklist,
        reader: Reader,
        rows: Iterable[ReadingRow],
        moment: datetime,
        team: Iterable[TeamRow] = (),
    ) -> None:
        read = self._line().reads[place].assessment
        brought = ReturnedReadings(read, *checklist.key, checklist.hash, reader, rows=tuple(rows), team=tuple(team))
        seen = preview_readings(self.db, self.actor, moment, read, brought)
        take_in_readings(self.db, self.actor, moment, read, seen)

    def _team(self, drawn: Iterable[RecordLine], left: Iterable[RecordLine]) -> list[TeamRow]:
        read = [one for one in drawn if one not in left]
        return [TeamRow(number, one.details.code, self._marks()) for number, one in enumerate(read, start=2)]

    def _marks(self) -> dict[str, Part | None]:
        """Medical staff nearly always, peers seldom."""
        return {role: self.dice.choices(MARKS, (9 - place, 1 + place, 1))[0] for place, role in enumerate(ROLES)}

    def _listed(self, today: date) -> list[RecordRow]:
        """One birth after another, evenly over the time that the list is of."""
        codes = offered((), self.review.listed)
        step = self.review.over // self.review.listed
        born = [today - timedelta(days=YOUNGEST + step * place) for place in reversed(range(len(codes)))]
        return [
            RecordRow(number, RecordDetails(code, ""), _moments(day, self.dice))
            for number, (code, day) in enumerate(zip(codes, born, strict=True), start=2)
        ]


def _moments(born: date, dice: Random) -> Moments:
    """Most plans begin before the birth, and most are done before the mother goes home."""

    def later(start: date, least: int, most: int) -> date:
        return start + timedelta(days=dice.randint(least, most))

    early = dice.random() < 0.65
    began = later(born, -45, -5) if early else later(born, 1, 1)
    known = later(began, -25, -2) if early else born
    home, initiated = later(born, 2, 3), later(born, 2, 3)
    referred, ends = later(born, 1, 4), None if dice.random() < 0.15 else later(initiated, 150, 390)
    sought = datetime.combine(later(born, -70, -46), time(dice.randint(8, 16)))
    return Moments(
        born=born,
        identified=known,
        began=began,
        completed=later(home, -1, -1) if dice.random() < 0.75 else later(home, 4, 20),
        second_input=later(born, -4, -1) if early else later(home, 5, 9),
        mother_home=home,
        infant_home=later(home, 0, 12),
        after_birth=initiated,
        ends=ends,
        no_end=ends is None,
        sought=sought if early else None,
        interim=sought + timedelta(hours=dice.choice((5, 20, 44, 48, 71))) if early else None,
        referred=referred,
        first_service=later(referred, 3, 45) if dice.random() < 0.85 else None,
        updated=(later(born, 20, 50),) if dice.random() < 0.6 else (),
    )


def _follows(found: Found) -> bool:
    """From the dates, so that nobody is asked."""
    return found.clocked and is_certain(found.answer)


def _answer(checklist: Checklist, name: str, mean: float, dice: Random) -> Answer:
    indicator, ladder = checklist.indicator[name], checklist.ladder_of[name]
    if indicator.na and dice.random() < 0.12:
        return Answer(State.NOT_APPLICABLE)
    if dice.random() < 0.03:
        return Answer(State.CANNOT_JUDGE)
    return Answer(State.LEVEL, _near(ladder, dice.gauss(_mean(indicator, mean), 0.9)))


def _mean(indicator: Indicator, mean: float) -> float:
    """Each has strengths and weaknesses of its own, the same in every review; what is critical is mostly there."""
    return mean + (1 if is_critical(indicator) else Random(indicator.id).uniform(-1.1, 1.1))  # noqa: S311 - as above


def _second(ladder: Ladder, first: Answer, dice: Random) -> Answer:
    if first.level is None or dice.random() < 0.85:
        return first
    near = sorted(ladder.values, key=lambda level: abs(level - (first.level or 0)))
    return Answer(State.LEVEL, dice.choice(near[1:3]))


def _near(ladder: Ladder, value: float) -> int:
    return min(ladder.values, key=lambda level: abs(level - value))
