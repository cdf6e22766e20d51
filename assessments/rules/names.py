"""What looks like a person's name in free text.

It only warns: many names are missed, and many titles are taken for one.
"""

import re
from collections.abc import Iterator

from assessments.rules.spans import Span

WORD = r"[A-ZÀ-ÖØ-Þ]'?[^\W\d_]{1,30}(?:['-][^\W\d_]{1,30})?"
CUED = re.compile(
    r"\b(?:[Cc]lient|[Pp]atient|[Mm]other|[Mm]om|[Mm]um|[Ff]ather|[Dd]ad|[Bb]aby|[Ii]nfant|[Nn]ewborn|[Cc]hild|[Dd]aughter|"
    r"[Ss]on|[Ss]ister|[Pp]artner|[Bb]oyfriend|[Hh]usband|[Ww]oman|[Pp]articipant|[Mm]rs|[Mm]s|[Mm]iss|[Mm]r)\b[.,:]? "
    rf"(?:named |name is |called |is )?(?P<name>{WORD}(?: (?:[A-Z]\.? )?{WORD})?)"
)
BARE = re.compile(rf"(?P<name>\b{WORD}(?: [A-Z]\.)? {WORD})\b(?! {WORD})")
SENTENCE_END = re.compile(r"(?:^|[.!?:;\n\u2022*(\"-])\s*$")
ORGANIZATIONAL = """
january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday spring summer fall winter alabama alaska arizona arkansas california colorado
connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina
dakota ohio oklahoma oregon pennsylvania rhode island tennessee texas utah vermont virginia washington wisconsin
wyoming boston casper cheyenne laramie sheridan gillette cody new north south east west northern southern eastern
western central upper lower american indian native tribal nation united states federal state county city town
regional rural community national public private general local plan plans of safe care family families start early
head intervention childhood child children infant infants mother mothers baby maternal perinatal prenatal postpartum
pregnant pregnancy women woman parent parents parenting patient client newborn neonatal pediatric pediatrics
obstetric obstetrics gynecology ob gyn nicu health healthcare behavioral mental medical medicine nursing clinic
clinics clinical hospital center centers centre services service program programs project agency department division
office bureau board council committee commission coalition collaborative association institute foundation society
network alliance partnership partners partner team unit group house home homes shelter school university college
academy church mission recovery treatment substance use disorder opioid alcohol drug tobacco nicotine medication
residential outpatient intensive inpatient detox withdrawal support supports peer coach coaching counseling
counselor prevention outreach policy policies procedure procedures manual handbook protocol section chapter appendix
form forms table title part page version edition standard standards guideline guidelines guidance agreement
memorandum understanding qualified organization contract training trainings supervision supervisor director manager
coordinator administrator nurse doctor social worker workers staff lead chief executive officer human resources
quality improvement assurance report annual quarterly monthly weekly daily review meeting minutes agenda log roster
record records file files data survey checklist audit baseline cycle domain indicator level evidence score target
gap act code regulations register rule rules law court courts justice welfare protective protection youth adult life
first good great big green red blue white black valley mountain river lake hill hills park ridge prairie plains
street avenue road star saint st way cross shield medicaid medicare chip wic motivational interviewing trauma
informed strength based practice practices sleep back safety assessment screening tool brief interim waiting wait
list waitlist admission intake priority notice consent release information confidentiality privacy word excel teams
zoom google microsoft outlook drive sharepoint internet web site the a an and or for in on at to by with from as is
are was were our we all each every no not none see also both most some this that these those it they she he her his
their there here when where while after before since until if then
"""
COMMON = frozenset(ORGANIZATIONAL.split())


def found(text: str) -> Iterator[Span]:
    for match in CUED.finditer(text):
        if not COMMON.intersection(match["name"].lower().split()):
            yield Span("name", match.start("name"), match.end("name"))
    for match in BARE.finditer(text):
        words = match["name"].replace(".", "").lower().split()
        starts_sentence = SENTENCE_END.search(text, max(0, match.start() - 4), match.start())
        if (
            not starts_sentence
            and not COMMON.intersection(words)
            and not any(w.isupper() for w in match["name"].split())
        ):
            yield Span("name", match.start("name"), match.end("name"))
