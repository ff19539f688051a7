"""Handing out the workbook of an assignment, with what is answered so far."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Assignment
from surveys.engine import FormState, text_in
from surveys.excelform import BookFacts, questionnaire_workbook
from surveys.organisations.models import User
from surveys.organisations.search import search_key
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.models import Response
from surveys.responses.queries import context_of, start_of, state_of
from surveys.responses.services.freezing import definition_hash
from surveys.responses.workbooks.conditions import conditions_of


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a workbook is made: when, in which language, and where it is handed in."""

    at: datetime
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A workbook as it leaves."""

    name: str
    content: bytes


@transaction.atomic
def hand_out(
    assignment: Assignment, *, actor: User, at: datetime, language: str, address: str
) -> HandedOut:
    """The workbook of the assignment as it stands at ``at``; that it was taken is on record.

    ``address`` is the page where it is handed in. Before anybody has started, it holds what a new
    draft would hold; nothing is started by it.
    """
    reader = Reader(at, language, address)
    version, state = _state(assignment, reader)
    content = questionnaire_workbook(state, _facts(assignment, version, state, reader))
    data = {"sha256": sha256(content).hexdigest(), "size": len(content), "language": language}
    audit.record(Event.WORKBOOK_DOWNLOADED, assignment, actor=actor, at=at, data=data)
    return HandedOut(_name(assignment), content)


def _state(assignment: Assignment, reader: Reader) -> tuple[QuestionnaireVersion, FormState]:
    """The version that is filled in and the answers in it; the start of a draft before there is one."""
    at, language = reader.at, reader.language
    response = Response.objects.filter(assignment=assignment).select_related("version").first()
    if response is not None:
        response.assignment = assignment
        return response.version, state_of(response, at=at, language=language)
    begun = start_of(assignment, at=at)
    context = context_of(assignment, at=at, language=language)
    form = form_of(assignment.version)
    state = FormState(form, answers=begun.answers, remarks=begun.remarks, context=context)
    return assignment.version, state


def _facts(
    assignment: Assignment, version: QuestionnaireVersion, state: FormState, reader: Reader
) -> BookFacts:
    round_, campaign = assignment.round, assignment.round.campaign
    language, previous = reader.language, round_.previous
    day = last_day(assignment.due_at)
    return BookFacts(
        agency=str(assignment.agency),
        campaign=(language == "en" and campaign.title_en) or campaign.title,
        period=text_in(round_.periods, language),
        deadline=_("until the end of %(day)s") % {"day": f"{day:%d/%m/%Y}"},
        basis=campaign.legal_basis,
        questionnaire=version.questionnaire.code,
        version=str(version.number),
        definition=definition_hash(version.pk, state.form),
        made_at=timezone.localtime(reader.at),
        language=language,
        previous_period=text_in(previous.periods, language) if previous else "",
        address=reader.address,
        conditions=conditions_of(state.form, language),
    )


def _name(assignment: Assignment) -> str:
    """``Phieu-<agency>-<period>.xlsx``, in letters that every file system takes."""
    parts = (assignment.agency.key, slugify(search_key(assignment.round.period)))
    return "-".join(("Phieu", *filter(None, parts))) + ".xlsx"
