"""What a table would fill in: every cell is judged against what is there, in a few queries."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries import versions_asked
from surveys.engine import Form, JSONValue, Origin, value_before
from surveys.engine.uploaded import refusal_at
from surveys.excelform.reading.problems import Wrong
from surveys.excelform.reading.sheets import Sheet, Spot
from surveys.excelform.reading.values import read_value, shown, text_of
from surveys.organisations.models import Agency
from surveys.organisations.queries import agencies_named
from surveys.organisations.search import search_key
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.models import Response
from surveys.responses.prefilled.models import PrefillValue
from surveys.responses.prefilling.lines import Line, Reason, Verdict
from surveys.responses.prefilling.tables import where
from surveys.responses.workflow import EDITABLE

PASSED_OVER: Final = frozenset(
    search_key(heading)
    for heading in ("agency", "agency name", "name", "cơ quan", "tên cơ quan", "tên đơn vị")
)
"""Headings of columns that are there for people only."""

LANGUAGE: Final = "vi"
SHOWN_CHARACTERS: Final = 200

Answered = Mapping[tuple[int, str], Reason]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked what: the form of each agency of an open round; before, the forms that there are."""

    forms: tuple[Form, ...]
    by_agency: Mapping[int, Form]
    is_open: bool

    def form_for(self, agency: Agency, path: str) -> Form | None:
        """The form in which the agency is asked the path; before the opening the first that has it."""
        forms = (self.by_agency[agency.pk],) if self.is_open else self.forms
        return next((form for form in forms if refusal_at(form, path) is None), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says: what is filled in already, and what agencies have answered."""

    values: Mapping[tuple[int, str], JSONValue]
    answered: Answered


def judge(sheet: Sheet, round_: Round) -> list[Line]:
    """The cells that say something, and the headings and agencies that are wrong, by row.

    Cells below a wrong heading and beside a wrong agency are not looked at. Asks the database a few
    times, however large the table is.
    """
    asked = _asked(round_)
    columns, lines = _columns(sheet, asked.forms)
    agencies, wrong = _agencies(sheet, asked)
    known = _known(round_, {agency.pk for agency in agencies.values()}, columns.values())
    for row in range(1, len(sheet.rows)):
        if row in wrong:
            lines.append(wrong[row])
        elif row in agencies:
            cells = (Spot(sheet, row, column) for column in columns)
            lines += [
                _judged(spot, agencies[row], columns[spot.column], asked, known)
                for spot in cells
                if not spot.is_blank
            ]
    return lines


def _asked(round_: Round) -> Asked:
    is_open = round_.status != RoundStatus.PLANNED
    versions = {version.pk: version for version in versions_asked(round_)}
    forms = {pk: form_of(version) for pk, version in versions.items()}
    asked: dict[int, int] = {}
    if is_open:
        asked = dict(Assignment.objects.filter(round=round_).values_list("agency", "version"))
        others = QuestionnaireVersion.objects.in_bulk(set(asked.values()) - set(forms))
        forms |= {pk: form_of(version) for pk, version in others.items()}
    return Asked(
        tuple(forms.values()),
        {agency: forms[version] for agency, version in asked.items()},
        is_open,
    )


def _columns(sheet: Sheet, forms: tuple[Form, ...]) -> tuple[dict[int, str], list[Line]]:
    """The paths of the columns that are taken, and what is wrong with the others."""
    found: dict[int, str] = {}
    lines = []
    for column in range(1, len(sheet.rows[0])):
        spot = Spot(sheet, 0, column)
        path = shown(spot).strip()
        if not path or search_key(path) in PASSED_OVER:
            continue
        refusals = [refusal_at(form, path) for form in forms]
        reason: str | None = Reason.QUESTION_TWICE if path in found.values() else None
        if None not in refusals:
            reason = next((each for each in refusals if each is not None), None)
        if reason is None:
            found[column] = path
        else:
            lines.append(_wrong(spot, reason, path=path))
    return found, lines


def _agencies(sheet: Sheet, asked: Asked) -> tuple[dict[int, Agency], dict[int, Line]]:
    """The agency of each row, and the rows that name none that can be filled in."""
    spots = {row: Spot(sheet, row, 0) for row in range(1, len(sheet.rows))}
    words = {row: text_of(spot.raw).strip() for row, spot in spots.items()}
    named = agencies_named(filter(None, words.values()))
    found: dict[int, Agency] = {}
    wrong: dict[int, Line] = {}
    seen: set[int] = set()
    for row, word in words.items():
        if not word and not any(sheet.rows[row]):
            continue
        agency = named.get(word.lower())
        if agency is None:
            wrong[row] = _wrong(spots[row], Reason.AGENCY_UNKNOWN)
        elif asked.is_open and agency.pk not in asked.by_agency:
            wrong[row] = _wrong(spots[row], Reason.AGENCY_NOT_ASKED, agency=agency)
        elif agency.pk in seen:
            wrong[row] = _wrong(spots[row], Reason.AGENCY_TWICE, agency=agency)
        else:
            found[row] = agency
            seen.add(agency.pk)
    return found, wrong


def _judged(spot: Spot, agency: Agency, path: str, asked: Asked, known: Known) -> Line:
    form = asked.form_for(agency, path)
    if form is None:
        return _wrong(spot, Reason.OTHER_FORM, agency=agency, path=path)
    question = form.question(path.rpartition("/")[2])
    cell = read_value(spot, question, form.choices_of(question), LANGUAGE)
    if isinstance(cell, Wrong):
        return _wrong(spot, cell, agency=agency, path=path)
    if cell.missing or cell.value is None:
        return _wrong(spot, Reason.MISSING_CODE, agency=agency, path=path)
    key = (agency.pk, path)
    reason = known.answered.get(key) or known.answered.get((agency.pk, ""))
    stored = known.values.get(key)
    if stored == cell.value:
        reason, verdict = None, Verdict.UNCHANGED
    elif reason is not None:
        verdict = Verdict.ANSWERED
    else:
        verdict = Verdict.NEW if stored is None else Verdict.CHANGED
    return Line(
        where=where(spot.sheet, spot.row, spot.column),
        verdict=verdict,
        reason=reason or "",
        agency=agency.key,
        agency_id=agency.pk,
        path=path,
        text=shown(spot)[:SHOWN_CHARACTERS],
        value=cell.value,
    )


def _wrong(spot: Spot, reason: str, *, agency: Agency | None = None, path: str = "") -> Line:
    return Line(
        where=where(spot.sheet, spot.row, spot.column),
        verdict=Verdict.WRONG,
        reason=reason,
        agency=agency.key if agency else "",
        path=path,
        text=shown(spot)[:SHOWN_CHARACTERS],
    )


def _known(round_: Round, agencies: Collection[int], paths: Collection[str]) -> Known:
    stored = PrefillValue.objects.filter(round=round_)
    values = {
        (agency, path): value
        for agency, path, value in stored.values_list("agency", "path", "value")
        if agency in agencies
    }
    # What single agencies of a confidential campaign have answered is not told in passing.
    is_told = not round_.campaign.is_confidential
    return Known(values, dict(_answered(round_, agencies, paths)) if is_told else {})


def _answered(
    round_: Round, agencies: Collection[int], paths: Collection[str]
) -> Iterator[tuple[tuple[int, str], Reason]]:
    """Where an answer stands that no table brought; with "" as path where nothing changes any more."""
    drafts = Response.objects.filter(assignment__round=round_).values_list(
        "assignment__agency", "assignment__status", "answers", "remarks", "typed"
    )
    for agency, status, answers, remarks, typed in drafts.iterator(chunk_size=200):
        if agency not in agencies:
            continue
        if status not in EDITABLE:
            yield (agency, ""), Reason.LOCKED
            continue
        for path in paths:
            if _is_answered(answers, remarks.get(path) or {}, typed, path):
                yield (agency, path), Reason.BY_PERSON


def _is_answered(
    answers: Mapping[str, Any], remark: Mapping[str, str], typed: Mapping[str, str], path: str
) -> bool:
    if remark.get("missing") or typed.get(path):
        return True
    value = value_before(answers, path)
    return value not in (None, "", []) and remark.get("origin") != Origin.UPLOAD
