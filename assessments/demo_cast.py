"""The cast: invented agencies, what each rated and when."""

from dataclasses import dataclass, field

from assessments.rules.sampling import Margin
from assessments.rules.shared_sites import How
from assessments.rules.state_counts import StateCounts
from assessments.use_cases.agencies import AgencyDetails, SiteDetails

PERSON = "Alex Rivera (invented)"
EDITION = "1.0"
PROGRAM, PULSE, TEAM = "perinatal-program", "pulse", "posc-team"
PLAN, RULE = "posc-record", "wyoming-rule"
HOUSE = "Harbor House, residential"


@dataclass(frozen=True)
class Round:
    """One assessment: `level` is where its ratings lie on average, `share` how many indicators were rated; `blind`: by
    two raters who did not see each other, `worked_on`: its gaps have a plan.
    """

    site: str
    cycle: str
    checklist: str
    days_ago: int
    level: float
    share: float = 1.0
    submitted: bool = True
    blind: bool = False
    worked_on: bool = False


@dataclass(frozen=True)
class Review:
    """Of plans: `listed` born over the last so many days, of which `size` are drawn, or what `margin` asks for where it
    is 0. `twice`: some are read by two, who were compared; `level` is where what was found lies on average.
    """

    site: str
    cycle: str
    checklists: tuple[str, ...]
    days_ago: int
    listed: int
    over: int
    level: float
    margin: Margin = 0
    size: int = 0
    twice: bool = False
    submitted: bool = False


@dataclass(frozen=True)
class Invented:
    """An agency of the cast; its first site and cycle come with it. Cycles are (name, from, to) in days from today."""

    agency: AgencyDetails
    sites: tuple[SiteDetails, ...]
    cycles: tuple[tuple[str, int, int], ...]
    rounds: tuple[Round, ...]
    packs: tuple[str, ...] = ()
    practiced: dict[str, float] = field(default_factory=dict)
    """Who rated the vignettes first, and how far from the reference, in levels."""
    counts_staff: str = ""
    """The cycle in which its staff is counted; without one it has no roster."""
    reviews: tuple[Review, ...] = ()
    partners_of: str = ""
    """The site whose team and quarterly counts are kept; without one there is no register of partners either."""
    shares: dict[str, How] = field(default_factory=dict)
    """How it shares the short checklist, by cycle; without any it is not in the collaborative."""
    gives: StateCounts | None = None
    """Counts of the last full quarter, which it gives there."""
    asks: str = ""
    """The indicator with which it asks for help that is offered there."""


CAST = (
    Invented(
        AgencyDetails(
            "Harbor House (invented)",
            state="MA",
            time_zone="America/New_York",
            block_grant=True,
            part_2=True,
            child_welfare_name="Department of Children and Families",
        ),
        sites=(
            SiteDetails("Harbor House, residential", "residential", infants_on_site=True),
            SiteDetails("Harbor House, outpatient", "outpatient"),
        ),
        cycles=(("Baseline", -240, -200), ("Follow-up 1", -24, 21)),
        rounds=(
            Round("Harbor House, residential", "Baseline", PROGRAM, 215, level=1.7, worked_on=True),
            Round("Harbor House, outpatient", "Baseline", PROGRAM, 210, level=2.1),
            Round("Harbor House, residential", "Baseline", PULSE, 236, level=1.8),
            Round("Harbor House, residential", "Follow-up 1", PULSE, 12, level=2.4),
            Round("Harbor House, outpatient", "Follow-up 1", TEAM, 9, level=2.4, share=0.6, submitted=False),
            Round("Harbor House, outpatient", "Follow-up 1", PULSE, 8, level=2.5, submitted=False, blind=True),
            Round("Harbor House, residential", "Follow-up 1", PROGRAM, 3, level=2.7, share=0.75, submitted=False),
        ),
        packs=("confidentiality",),
        practiced={PERSON: 0.3, "Sam Ortiz (invented)": 0.7},
        counts_staff="Follow-up 1",
        reviews=(
            Review(
                "Harbor House, residential", "Follow-up 1", (PLAN,), 18, 40, 900, 3.1, margin=15, size=24, twice=True
            ),
        ),
        partners_of=HOUSE,
        shares={"Baseline": "named", "Follow-up 1": "named"},
        asks="POT-02",
    ),
    Invented(
        AgencyDetails(
            "Sagebrush Recovery (invented)",
            state="WY",
            time_zone="America/Denver",
            part_2=True,
            plan_name="Plan of Safe Care",
            child_welfare_name="Department of Family Services",
        ),
        sites=(SiteDetails("Sagebrush clinic", "outpatient"),),
        cycles=(("Baseline", -120, -90), ("Follow-up 1", -10, 30)),
        rounds=(
            Round("Sagebrush clinic", "Baseline", PROGRAM, 96, level=2.0),
            Round("Sagebrush clinic", "Follow-up 1", PULSE, 2, level=2.5, share=0.5, submitted=False),
        ),
        packs=(RULE,),
        reviews=(Review("Sagebrush clinic", "Baseline", (PLAN, RULE), 94, 6, 350, 2.9, submitted=True),),
    ),
    Invented(
        AgencyDetails(
            "Lakeside Hospital (invented)",
            state="VT",
            time_zone="America/New_York",
            plan_name="Family Care Plan",
        ),
        sites=(SiteDetails("Lakeside birth unit", "hospital", infants_on_site=True),),
        cycles=(("Baseline", -240, -200), ("Follow-up 1", -40, 5)),
        rounds=(
            Round("Lakeside birth unit", "Baseline", PULSE, 212, level=2.2),
            Round("Lakeside birth unit", "Follow-up 1", PULSE, 12, level=2.9),
        ),
        shares={"Baseline": "blinded", "Follow-up 1": "blinded"},
        gives=StateCounts(48, 33, 29, 41, 22),
        asks="SUP-03",
    ),
)
