"""Erasing personal data. Hashes and signatures of revisions stay valid: digests stand in them."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.models import Round
from surveys.campaigns.queries import rounds_to_erase, versions_asked
from surveys.common.errors import DomainError
from surveys.files import storage
from surveys.organisations.models import User
from surveys.responses.comments.services import erase_texts
from surveys.responses.devices.erasing import erase_submissions
from surveys.responses.dossier.services import discard_dossiers
from surveys.responses.erasing.documents import (
    IsPersonal,
    without_answers,
    without_changes,
    without_outcome,
    without_remarks,
    without_typed,
)
from surveys.responses.erasing.models import RoundErasure
from surveys.responses.erasing.queries import forms_of
from surveys.responses.models import (
    AnswerChange,
    ErasableAnswer,
    Evidence,
    Response,
    ResponseReturn,
    StoredFile,
)
from surveys.responses.papers.services import erase_papers
from surveys.responses.preview.models import PreviewAnswers
from surveys.responses.services.digital import discard_signed_pdfs
from surveys.responses.services.freezing import personal_questions
from surveys.responses.workbooks.applying import erase_workbooks

BATCH: Final = 20
"""How many responses are erased in one transaction: what a kill costs at most."""


class ErasureReasonMissing(DomainError):
    """What is erased cannot be looked up any more; why it was erased can."""

    code = "erasure_reason_missing"
    message = _("Write why the data are erased, and by which document.")
    status = 422


class NothingPersonal(DomainError):
    """Only what the questionnaire marks as personal data is erased by itself."""

    code = "nothing_personal"
    message = _("There are no personal data at these places.")
    status = 422


def erase_expired(*, at: datetime) -> list[Round]:
    """Erase the personal data of the closed rounds whose time is over; which rounds are done now.

    Broken off, it goes on where it stopped; run again, it finds nothing.
    """
    due = rounds_to_erase(at=at)
    for round_ in due:
        while not _erase_batch(round_, at=at):
            continue
    return [round_ for round_ in due if round_.erased_at == at]


@transaction.atomic
def erase_person(
    response: Response,
    *,
    paths: Collection[str],
    reason: str,
    document: str,
    actor: User | None,
    at: datetime,
) -> dict[str, int]:
    """Erase one person's data on request; how many things of each sort were erased.

    ``paths`` are personal answers, or rows of which everything personal goes. The event names the
    reason and the document, never what was erased. Raises ErasureReasonMissing or NothingPersonal.
    """
    said, by = reason.strip(), document.strip()
    if not said or not by:
        raise ErasureReasonMissing
    is_personal = _in(_personal_names(response))

    def concerned(path: str) -> bool:
        answer = path.partition("#")[0]
        return is_personal(path) and bool({answer, answer.rpartition("/")[0]} & set(paths))

    def told_of(path: str) -> bool:
        return bool({path, path.rpartition("/")[0]} & set(paths))

    counts = dict(_erase_response(response.pk, concerned))
    counts["comments"] = erase_texts(response.pk, told_of)
    if not any(counts.values()):
        raise NothingPersonal
    asked = response.assignment
    data = {
        "round": asked.round_id,
        "agency": asked.agency_id,
        "reason": said,
        "document": by,
        "paths": sorted(paths),
        "erased": counts,
    }
    audit.record(Event.RESPONSE_PERSONAL_DATA_ERASED, response, actor=actor, at=at, data=data)
    return counts


@transaction.atomic
def _erase_batch(round_: Round, *, at: datetime) -> bool:
    """Erase the next responses of the round; whether it is done with."""
    assert round_.closed_at is not None, "only closed rounds are due"
    RoundErasure.objects.get_or_create(round=round_, closed_at=round_.closed_at)
    erasure = RoundErasure.objects.select_for_update().get(round=round_, closed_at=round_.closed_at)
    if erasure.finished_at is not None:
        return True
    responses = Response.objects.filter(assignment__round=round_, pk__gt=erasure.cursor)
    batch = list(responses.select_related("version").order_by("pk")[:BATCH])
    counts = Counter(erasure.counts)
    for response in batch:
        counts.update(_erase_response(response.pk, _in(_personal_names(response))))
        # Colleagues name one another, and others, on any question.
        counts["comments"] += erase_texts(response.pk, lambda _path: True)
    is_done = len(batch) < BATCH
    if is_done:
        counts.update(_erase_around(round_))
        erasure.finished_at = at
        campaigns.note_erased(round_, at=at)
        data = {"code": round_.code, "erased": dict(counts)}
        audit.record(Event.ROUND_PERSONAL_DATA_ERASED, round_, actor=None, at=at, data=data)
    erasure.cursor = batch[-1].pk if batch else erasure.cursor
    erasure.counts = dict(counts)
    erasure.save(update_fields=["cursor", "counts", "finished_at"])
    return is_done


def _personal_names(response: Response) -> frozenset[str]:
    """The personal questions of every version that the answers have stood under."""
    return frozenset().union(*(personal_questions(form) for form in forms_of(response)))


def _in(names: frozenset[str]) -> IsPersonal:
    """Whether a path belongs to one of the questions; ``#`` leads to a part of an answer."""
    return lambda path: path.partition("#")[0].rpartition("/")[2] in names


def _erase_response(response_id: int, is_personal: IsPersonal) -> Counter[str]:
    """Erase what is personal of one response, wherever it lies; how much of each sort it was."""
    response = Response.objects.select_for_update().get(pk=response_id)
    before = (response.answers, response.remarks, response.typed)
    response.answers = without_answers(response.answers, is_personal)
    response.remarks = without_remarks(response.remarks, is_personal)
    response.typed = without_typed(response.typed, is_personal)
    is_changed = before != (response.answers, response.remarks, response.typed)
    if is_changed:
        response.save(update_fields=["answers", "remarks", "typed"])
    signed = [
        answer
        for answer in ErasableAnswer.objects.filter(revision__response=response)
        if is_personal(answer.path)
    ]
    ErasableAnswer.objects.filter(pk__in=[answer.pk for answer in signed]).delete()
    shown = {answer.revision_id for answer in signed}
    _erase_returns(response, is_personal)
    discard_dossiers(response)
    return Counter(
        drafts=int(is_changed),
        signed=len(signed),
        papers=erase_papers(response, shown) + discard_signed_pdfs(response, shown),
        workbooks=erase_workbooks(response),
        submissions=erase_submissions(response),
        changes=_erase_history(response, is_personal),
        files=_erase_attached(response, is_personal),
    )


def _erase_history(response: Response, is_personal: IsPersonal) -> int:
    erased = []
    for change in AnswerChange.objects.filter(response=response).iterator(chunk_size=200):
        changes = without_changes(change.changes, is_personal)
        outcome = without_outcome(change.outcome, is_personal)
        if (changes, outcome) != (change.changes, change.outcome):
            change.changes, change.outcome = changes, outcome
            erased.append(change)
    AnswerChange.objects.bulk_update(erased, ["changes", "outcome"], batch_size=100)
    return len(erased)


def _erase_returns(response: Response, is_personal: IsPersonal) -> None:
    """What was said about personal answers when the response came back."""
    for returned in ResponseReturn.objects.filter(response=response):
        cited = [
            {**each, "comment": ""} if is_personal(each["path"]) else each
            for each in returned.paths
        ]
        if cited != returned.paths:
            returned.paths = cited
            returned.save(update_fields=["paths"])


def _erase_attached(response: Response, is_personal: IsPersonal) -> int:
    """Evidence and files of personal answers; the content goes when this is committed, and what a
    kill leaves of it the nightly cleaning finds."""
    evidence = [each for each in response.evidence.all() if is_personal(each.path)]
    files = [each for each in response.files.all() if is_personal(each.path)]
    Evidence.objects.filter(pk__in=[each.pk for each in evidence]).delete()
    StoredFile.objects.filter(pk__in=[each.pk for each in files]).delete()
    ids: list[UUID] = [each.pk for each in files]
    ids += [each.snapshot for each in evidence if each.snapshot]
    transaction.on_commit(lambda: _discard(ids))
    return len(evidence) + len(files)


def _discard(ids: list[UUID]) -> None:
    for file_id in ids:
        storage.discard(file_id)


def _erase_around(round_: Round) -> Counter[str]:
    """The personal links of the round, and what was tried out with its questionnaires by then."""
    asked = {version.questionnaire_id for version in versions_asked(round_)}
    tried = PreviewAnswers.objects.filter(
        version__questionnaire__in=asked, saved_at__lte=round_.closed_at
    )
    return Counter(links=campaigns.delete_links(round_), previews=tried.delete()[0])
