"""Which answers count: the newest signed revision of every agency that a round asks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import Assignment, Round
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision

COUNTED = (AssignmentStatus.SUBMITTED, AssignmentStatus.VERIFIED, AssignmentStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class SignedAnswers:
    """What an agency signed last, as plain data."""

    agency_id: int
    revision_id: int
    version_id: int
    answers: Mapping[str, Any]
    remarks: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]] = ()


def units_asked(round_: Round) -> list[dict[str, Any]]:
    """Every agency asked in the round, also one that refused, in official order; one that is no longer
    asked is left out. Names are as of the asking; ``form`` is the key of the questionnaire asked."""
    expected = Assignment.objects.expected().filter(round=round_)
    ordered = (
        expected.select_related("agency", "version")
        .defer("version__definition")
        .order_by("agency__official_order", "agency__sort_key")
    )
    return [_unit(assignment) for assignment in ordered]


def _unit(assignment: Assignment) -> dict[str, Any]:
    agency = assignment.agency
    return {
        "agency_id": agency.pk,
        "key": agency.key,
        "name": assignment.agency_name or agency.name,
        "name_en": assignment.agency_name_en or agency.name_en,
        "type": agency.type,
        "form": assignment.version.questionnaire_id,
        "status": assignment.status,
        "submitted_at": assignment.submitted_at,
        "late_days": assignment.late_days,
    }


def signed_answers(round_: Round) -> Iterator[SignedAnswers]:
    """The newest signed revision of every agency whose response counts as submitted."""
    revisions = counted_revisions(round_).values_list(
        "pk", "version_id", "canonical", "response__assignment__agency_id"
    )
    for pk, version_id, canonical, agency_id in revisions.iterator(chunk_size=500):
        document = json.loads(canonical)
        yield SignedAnswers(
            agency_id=agency_id,
            revision_id=pk,
            version_id=version_id,
            answers=with_file_names(document["answers"], document.get("files", ())),
            remarks=document.get("remarks", {}),
            evidence=document.get("evidence", ()),
        )


def counted_revisions(round_: Round) -> QuerySet[ResponseRevision]:
    """The newest signed revision of every agency whose response counts as submitted, unordered."""
    newest = (
        ResponseRevision.objects.filter(
            response=OuterRef("response"), kind__in=[RevisionKind.SIGNED, RevisionKind.VERIFIED]
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    return ResponseRevision.objects.filter(
        ~Q(response__assignment__disposition=Disposition.INELIGIBLE),
        response__assignment__round=round_,
        response__assignment__status__in=COUNTED,
        pk=Subquery(newest),
    ).order_by()


def with_file_names(answers: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> Any:
    """The answers with each file as its name and the SHA-256 of its content instead of its id."""
    names = {
        file["id"]: f"{file['name']} (SHA-256 {file['sha256']})" for file in files if "id" in file
    }
    return _replaced(answers, names) if names else answers


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case dict():
            return {key: _replaced(item, names) for key, item in value.items()}
        case list():
            return [_replaced(item, names) for item in value]
        case str():
            return names.get(value, value)
        case _:
            return value


def base_now(round_: Round) -> dict[str, int]:
    """What a result computed now would rest on: how many agencies are asked, how many have
    signed, and the newest revision.

    A signature raises the last, a return lowers the second.
    """
    counted = ResponseRevision.objects.filter(
        ~Q(response__assignment__disposition=Disposition.INELIGIBLE),
        response__assignment__round=round_,
        response__assignment__status__in=COUNTED,
        kind__in=[RevisionKind.SIGNED, RevisionKind.VERIFIED],
    ).aggregate(signed=Count("response", distinct=True), newest_revision=Max("pk"))
    asked = Assignment.objects.expected().filter(round=round_).count()
    return {"asked": asked} | {name: int(number or 0) for name, number in counted.items()}
