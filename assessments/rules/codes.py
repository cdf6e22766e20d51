"""What may be a code: it stands where a name must not. A staff member's may look like a name where somebody says why; a
record's may look like nothing that tells of a client.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count, islice

from assessments.rules.text import name_key

PART = 3
"""Letters of a name that give it away."""
CAPITALIZED = re.compile(r"[^\W\d_a-z][a-zß-öø-ÿ]+")
LETTERS = re.compile(r"[^\W\d_]+")


def like_a_name(code: str, name: str = "") -> str:
    """What makes it look like one, in words; "" where nothing does. `name` is the person's, if given."""
    if name and name_key(code) == name_key(name):
        return "it is the name itself"
    if _shares(_folded(code), _folded(name)):
        return "it holds part of the name"
    if _two_capitals(code):
        return "it is two words with capitals"
    return "it has a blank inside" if len(code.split()) > 1 else ""


def _shares(code: str, name: str) -> bool:
    """A word of the name stands in the code, or the letters of the code begin a word of the name."""
    words = [word for word in LETTERS.findall(name) if len(word) >= PART]
    runs = [run for run in LETTERS.findall(code) if len(run) >= PART]
    return any(word in code or any(word.startswith(run) for run in runs) for word in words)


def _two_capitals(code: str) -> bool:
    """Each with small letters after the capital: Nell-North or NellNorth, and not HH-NS."""
    return len(CAPITALIZED.findall(code)) > 1


def _folded(text: str) -> str:
    """Case and accents do not hide a name."""
    apart = unicodedata.normalize("NFKD", name_key(text))
    return "".join(character for character in apart if not unicodedata.combining(character))


LONGEST = 12
MOST_DIGITS = 4
MOST_LETTERS = 4
"""In a row: longer runs are names, more often than not."""
SIGNS = re.compile(r"[A-Z0-9-]+")
MONTHS = "JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC"
MONTH = re.compile(rf"[0-9]-*(?:{MONTHS})|(?:{MONTHS})-*[0-9]")
"""Beside a digit: 3-MAY, MAY03."""
NAMES = frozenset(
    """
ABBY ABE ABEL ACE ADA ADAM ADAN AIDA AJ AL ALAN ALEX ALI ALMA ALVA AMIE AMIR AMOS AMY ANA ANDI ANDY ANN ANNA ANNE ARA
ARI ARLO ART ARYA ASA ASH ASHA AVA AVI AXEL BEA BEAU BELL BEN BESS BETH BETO BILL BO BOB BRAD BREE BRET BRYN BUD BUSH
CAL CALI CAM CARA CARL CARY CASH CATE CHAD CHAZ CHE CHEN CHET CHOI CIAN CLAY CLEO COBY CODY COLE COOK CORA CORY COX
CRUZ CURT DALE DAN DANA DANE DANI DARA DAVE DAWN DAX DEAN DEB DEE DEL DEMI DEON DES DEV DEVI DEX DIAZ DINA DION DIRK
DOLE DON DONA DORA DOT DOUG DREW DUKE EARL EBEN ED EDDY EDEN EDIE EDNA ELI ELLA ELLE ELMO ELSA ELSE EMIL EMMA EMMY
ENZO ERIC ERIK ERIN ERMA ESME ETTA EVA EVAN EVE EVIE EZRA FAY FAYE FERN FINN FLO FORD FOX FRAN FRED GAIL GARY GENE GIA
GIL GINA GINO GLEN GRAY GUS GUY GWEN HAL HALL HANK HANS HARI HART HILL HOPE HUGH HUGO HUNT IAN IDA IKE ILA IMA INA
INES INEZ IRA IRIS IRMA ISA ISLA IVAN IVY JACE JACK JADA JADE JAI JAKE JAN JANA JANE JAX JAY JEAN JEB JED JEFF JEN
JESS JILL JIM JO JOAN JODI JODY JOE JOEL JOEY JOHN JON JORY JOSE JOSH JOY JUAN JUDD JUDE JUDI JUDY JULI JUNE JUNO KAI
KALE KARA KARL KATE KATY KAY KAYA KEN KENT KERI KERN KHAN KIA KIKI KIM KING KIP KIRA KIRK KIT KODY KORA KRIS KURT KYLA
KYLE KYRA LANA LANE LARA LARS LEA LEAH LEE LEIF LELA LENA LENI LEO LEON LES LEV LEVI LEX LI LIA LIAM LILA LILI LILY
LINA LISA LIU LIV LIZ LOIS LOLA LON LONG LORA LORI LOU LOVE LUC LUCA LUCY LUIS LUKA LUKE LULU LUNA LYLA LYLE LYNN MAC
MACK MAE MAI MAIA MARA MARC MARI MARK MARY MAT MATT MAX MAYA MEG MEL MIA MICK MIKA MIKE MILA MILO MIMI MINA MIRA MOE
MOLL MONA MYA MYLA MYRA NAN NASH NAT NATE NEAL NED NEIL NELL NEO NGO NIA NICK NICO NIKO NILS NINA NOA NOAH NOEL NOLA
NORA NOVA ODIN OLA OLGA OMAR OPAL OREN ORI OTIS OTTO OWEN PAM PARK PAT PAUL PENA PETE PHIL PIA POPE RAE RAFA RAJ RANI
RAO RAUL RAY REED REID REMY REN RENE RENO REX RHEA RHYS RIA RICH RICK RIKI RIO RIOS RITA ROB ROBB RON RONA RORY ROSA
ROSE ROSS ROXY ROY RUBY RUIZ RUTH RYAN SAGE SAL SAM SARA SAUL SEAN SETH SHAE SHAH SHAW SHAY SID SKYE SOTO STAN SUE
SUSI SUZY TAD TARA TATE TED TEO TERI TESS THAD THEA THEO TIA TIM TINA TOBY TOD TODD TOM TONI TONY TORI TORY TOVA TREY
TROY TY UMA URI VAL VAN VEDA VEGA VERA VIC VIDA VIN VITO WADE WALT WANG WARD WES WEST WILL WOOD WREN WU XAVI YARA YOLI
YURI ZACH ZACK ZANE ZARA ZED ZEKE ZELL ZIA ZOE ZOEY ZOLA
""".split()
)
"""Given names and family names of at most four letters."""
CENTURIES = (19, 20)
"""The first two digits of a year in which somebody in a record may have been born."""
FORM = "P-{:03d}"
INSTEAD = "Use one of the codes that are offered, such as P-001."


def cleaned(code: str) -> str:
    """As it is kept: in capitals, every dash a hyphen, without invisible signs and without spaces at the ends."""
    text = "".join("-" if unicodedata.category(one) == "Pd" or one == "\u2212" else one for one in name_key(code))
    return text.upper()


def not_for_a_record(code: str) -> str:
    """Why a code, `cleaned`, cannot stand for a record, and what to do; "" where it can. Initials get through. The
    reason does not repeat the code, which may be just what must not be written.
    """
    why = next((reason for found, reason in _wrong(code) if found), "")
    return f"{why} {INSTEAD}" if why else ""


def offered(taken: Collection[str], many: int) -> tuple[str, ...]:
    """The next codes that are free, `taken` being `cleaned`; those that could be read as a date are left out."""
    free = (code for code in map(FORM.format, count(1)) if code not in taken and not not_for_a_record(code))
    return tuple(islice(free, many))


def _wrong(code: str) -> Iterator[tuple[bool, str]]:
    runs, digits = re.findall(r"[A-Z]+", code), "".join(re.findall(r"[0-9]", code))
    longest = max(map(len, LETTERS.findall(code)), default=0)
    yield not code, "The code is missing."
    yield len(code.split()) > 1, "A code is one word: two words look like a name."
    yield longest > MOST_LETTERS, "More than four letters in a row look like a name."
    yield not NAMES.isdisjoint(runs), "Part of the code is a given name or a family name."
    yield bool(MONTH.search(code)), "The name of a month looks like part of a date."
    yield bool(re.search(r"[0-9][^A-Z0-9]+[0-9]", code)), "Digits with a sign between them look like a date."
    yield not SIGNS.fullmatch(code), "A code has letters from A to Z, digits and hyphens, and nothing else."
    yield not digits, "A code needs a number: letters alone look like a name or initials."
    yield len(digits) > MOST_DIGITS, "More than four digits look like a record number or a date of birth."
    yield _like_a_day(digits), "Four digits that can be read as a day or a year may be a date of birth."
    yield len(code) > LONGEST, f"A code has at most {LONGEST} characters."


def _like_a_day(digits: str) -> bool:
    """Month and day, in either order, or a year."""
    if len(digits) < MOST_DIGITS:
        return False
    first, last = int(digits[:2]), int(digits[2:4])
    days = ((first, last), (last, first))
    return first in CENTURIES or any(1 <= month <= 12 and 1 <= day <= 31 for month, day in days)
