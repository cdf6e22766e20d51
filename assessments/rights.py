"""docs/rights.md: who may do what, told from the table in `assessments/store/access.py`."""

from collections.abc import Collection, Iterator

from assessments.store.access import PARTS, ROLES

SHORT = {
    "owner": "Owner",
    "host-administrator": "Host",
    "agency-administrator": "Admin",
    "assessor": "Assessor",
    "trainer": "Trainer",
    "supervisor": "Supervisor",
    "staff-member": "Staff",
    "collaborative-lead": "Lead",
    "auditor": "Auditor",
}
HEAD = """# Who may do what

This page is made from the one table of rights in `assessments/store/access.py`, by

```
python -m assessments rights > docs/rights.md
```

and a test fails where it says anything else than the table. From the same table each call is checked, when it is \
made: the roles of whoever calls are read from the database, in the agency in which they act. A role counts where it \
is held and nowhere else. Nobody reaches another agency's rows with it, whatever they share with a collaborative; a \
collaborative is an agency of its own in this.

The acts carry their names in the code (`assessments/use_cases/`): one that is named for a thing, such as *sites*, \
shows it, and where a name does not say it, words follow. Some acts ask for more than the role: whom of the staff one \
sees and rates is in `assessments/rules/sight.py`, whose blind ratings in `assessments/rules/blindness.py`. Who \
invites people, changes their roles or ends their access gives and takes the roles that are theirs to give: an owner \
every one, an administrator every one but owner, who only leads a collaborative those of lead and assessor. Nobody \
but an owner gives themselves a further role, and in a guest nobody is invited or given one. What leaves as a \
file takes the right to what is in it, on the making and on the taking.

A host administrator looks after the installation as a whole; in an agency, that role opens what stands in its column \
and nothing else. In the columns: {columns}.
"""
WORDS = {
    "may_load": "try a checklist file before it is loaded",
    "shelf": "see the checklists that can be rated on",
    "goes_with": "see what goes with an assessment when it is deleted",
    "write_cover": "write who rated, how long and what it rests on",
    "last_place": "come back to where they last worked",
    "remember_place": "have the place kept",
    "sheet": "see the ratings of an assessment; blind ones not before their time",
    "blind_progress": "see how far the raters are",
    "comparison": "see the ratings of several raters beside one another",
    "agree": "put down what the raters agree on",
    "heard": "see what clients, front-line staff and leadership say, as groups",
    "trials": "see the practice ratings",
    "weigh": "say how likely harm is and what closing a gap takes",
    "moves": "see which gaps were moved in the list, and why",
    "proof_of_effect": "see whether what was worked on moved",
    "roster": "see the staff, by code; names where they are theirs to see",
    "keeps_roster": "be told whether they may change it",
    "export_names": "take names of staff out, of those that are theirs to see",
    "persons": "see who can sign in as a staff member",
    "tie_person": "say who signs in as which staff member",
    "matrix": "see the competencies of staff, of those they see",
    "ratable": "see whom they may rate",
    "rate_competency": "rate staff, as what they are to them",
    "seen_staff": "see whose ratings they see",
    "staff_due": "see what is due, of those whose ratings they see",
    "staff_shares": "see shares of staff, small groups hidden",
    "count_staff": "count the ratings of staff into an assessment",
    "staff_beside": "see the ratings of staff beside an assessment",
    "plans_beside": "see the results of a review beside an assessment",
    "seen_members": "see whose ratings they see, of those who left too",
    "keeps_courses": "be told whether they may change the courses",
    "mark_attendance": "mark who attended, of those they see",
    "attenders": "see whose attendance they may mark",
    "trained": "see who was trained, of those they see",
    "learned": "see ratings before and after a course",
    "recoded": "see how many codes of records were replaced",
    "records": "see the list of records, by code",
    "record_clocks": "see what the clocks of a record say",
    "agree_on": "put down what two readers agree on",
    "first_stands": "see whether the first reader's ratings stand",
    "readers_differ": "see where two readers differ",
    "two_readers": "see who the two readers are",
    "unmet_cases": "see which records miss a critical element",
    "reads_records": "be told whether single records are theirs to see",
    "course_of_element": "see an element over the cycles",
    "count_records": "count what was read into an assessment",
    "take_over_level": "take over a suggested level",
    "proposed_levels": "see which levels partners and team suggest",
    "plans_due": "see what is due in reviews and counts, as far as it is theirs",
    "persons_here": "see who belongs to the agency",
    "roles_to_give": "see which roles are theirs to give",
    "rename_oneself": "change one's own name, on one machine",
    "leave_agency": "end one's own access; not the only owner",
    "sites_beside": "see the sites of a collaborative beside a submitted assessment of one's own",
    "sites_together": "see them by checklist and cycle, as the lead",
    "questions_together": "see which checklists and editions are shared",
    "withdraw_word": "take back a word that came with an answer to it, as who wrote it",
    "deliver": "take out a file, with the right to what is in it",
    "is_waiting": "be told whether a file was taken",
    "may_share": "be told whether the agency is in a collaborative; where not, the trail keeps that they tried",
    "refuse_workbook": "tell the trail that the workbook of another assessment was brought",
    "preview": "see what a workbook would change",
    "take_in": "take in a workbook",
    "traces": "find words in the trail that should not be there",
    "purge_values": "take such words out of the trail",
}
"""What an act is, where its name does not say it to somebody who hosts or audits."""


def page() -> str:
    columns = ", ".join(f"*{SHORT[role]}*, {name.lower()}" for role, name in ROLES.items() if SHORT[role] != name)
    return "\n".join([HEAD.format(columns=columns), *_parts()]).rstrip()


def _parts() -> Iterator[str]:
    for title, part in PARTS.items():
        yield f"## {title}\n"
        yield f"| Act | {' | '.join(SHORT[role] for role in ROLES)} |"
        yield f"|---|{':-:|' * len(ROLES)}"
        yield from (f"| {_act(name)} | {_marks(roles)} |" for name, roles in part.items())
        yield ""


def _act(name: str) -> str:
    said = name.replace("_", " ")
    return f"{said}: {WORDS[name]}" if name in WORDS else said


def _marks(roles: Collection[str]) -> str:
    return " | ".join("yes" if role in roles else "" for role in ROLES)
