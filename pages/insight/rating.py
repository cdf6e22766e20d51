"""One rating with all that it rests on."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from assessments.rules.ratings import State, strength
from assessments.rules.scoring import class_of
from assessments.use_cases.evidence_files import evidence_file
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import EvidenceLine, Row
from pages.insight import said
from pages.insight.gap_list import rate_address
from pages.shared import delivery, hallway, house, words
from reports import confidence
from standards.model import Checklist, Indicator, LevelKey


def show(report: GapReport, indicator: Indicator) -> None:
    row = report.row(indicator.id)
    with st.container(border=True, gap="small"):
        st.markdown("  \n".join(_rating(report, indicator, row)))
        if row.note:
            st.markdown(f"Note, {'by ' * row.note_loaded}{_who(row.note_by, row.note_at, row.note_loaded)}:")
            st.text(row.note)
        st.markdown(_evidence(row))
        for line in row.evidence:
            if line.file_name:
                _file(line)
        if report.assessment.status != "submitted" and not report.listed.counted:
            address = rate_address(report, indicator.id)
            st.page_link(hallway.RATE, label="Rate", icon=":material/edit:", query_params=address)


def standard(checklist: Checklist, standard_id: str) -> None:
    """Where the indicators that follow come from, and how far that is verified."""
    found = checklist.standard[standard_id]
    source = checklist.source[found.source]
    st.subheader(f"Standard {words.plain(found.id)}")
    st.markdown(
        f"{said.own(found.text)}  \n:small[{words.plain(source.citation)}; {words.plain(found.cites)}. "
        f"**{words.VERIFICATIONS[checklist.verification(found)]}.** Last looked at on {words.day(source.checked)}.]"
    )


def _rating(report: GapReport, indicator: Indicator, row: Row) -> Iterator[str]:
    class_ = class_of(indicator, report.conditions)
    badge = "" if class_ == "standard" else f" :gray-badge[{words.CLASSES[class_]}]"
    yield f"**{words.plain(indicator.id)}** {said.own(indicator.text)}{badge}"
    yield said.level(report, indicator.id)
    if row.answer.level is not None:
        yield _meaning(report, indicator, row.answer.level)
    if row.answer.state is State.NOT_APPLICABLE:
        yield f"Reason: {words.plain(row.answer.reason)}"
    if row.answer.state is not State.UNRATED:
        by = "Counted" if report.listed.counted else "Given"
        yield f"{by} by {_who(row.answer_by, row.answer_at, row.answer_loaded)}."
    if indicator.duty and class_ == "duty":
        verified = words.VERIFICATIONS[indicator.duty.verification]
        yield f"A duty by {words.plain(indicator.duty.cites)}. {verified}."


def _meaning(report: GapReport, indicator: Indicator, value: int) -> str:
    key: LevelKey = str(value)  # type: ignore[assignment]
    level = report.checklist.ladder_of[indicator.id].level(value)
    return said.own(f"{level.words} {indicator.cue.get(key, '')}".strip())


def _evidence(row: Row) -> str:
    held, carried = said.evidence_strength(row.rated), confidence.of_row(row, house.today())
    if carried < strength(row.rated.evidence):
        held += f". Confidence {carried} of 4, one less than that, because some of it is stale"
    return "\n".join([f"**Evidence:** {held}", "", *(f"- {_line(line)}" for line in row.evidence)])


def _line(line: EvidenceLine) -> str:
    details = line.details
    parts = [f"{words.EVIDENCE[details.kind]}: {words.plain(details.what)}"]
    parts.append(f"as of {words.day(details.as_of)}" if details.as_of else "no date given")
    if again := confidence.look_again(details, house.today()):
        parts.append(again)
    if details.link:
        host = urlsplit(details.link).hostname or "link"
        parts.append(f"[{words.plain(host)}]({words.address(details.link)})")
    parts.append(f"added by {_who(line.added_by, line.added_at)}")
    return ", ".join(parts)


def _file(line: EvidenceLine) -> None:
    label = f"{words.plain(line.file_name)} ({delivery.size(line.file_size)})"
    delivery.offer(label, f"file-{line.id}", lambda: house.read(evidence_file, line.id), line.id)


def _who(name: str, at: datetime | None, loaded: bool = False) -> str:
    """Of what came by a workbook, who loaded it, which is not who rated."""
    if loaded:
        return f"workbook, loaded by {_who(name, at)}"
    if at is None:
        return words.plain(name)
    return f"{words.plain(name)}, {words.clock(house.local(at), house.today())}"
