"""What the same agency answered in the round before, under the names of now."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Value, When

from surveys.campaigns.models import Assignment
from surveys.engine import Document, under_new_names
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision

DIGEST: Final = "#digest"
"""The one key of what stands in a revision for personal data; no question can have this name."""

BASIS_LENGTH: Final = 16


def revision_of_previous_round(assignment: Assignment) -> ResponseRevision | None:
    """The newest verified, else the newest signed, revision of the agency in the round before."""
    previous = assignment.round.previous_id
    if previous is None:
        return None
    return (
        ResponseRevision.objects.filter(
            response__assignment__round_id=previous,
            response__assignment__agency_id=assignment.agency_id,
            kind__in=[RevisionKind.VERIFIED, RevisionKind.SIGNED],
        )
        .annotate(
            rank=Case(
                When(kind=RevisionKind.VERIFIED, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .select_related("version")
        .defer("version__definition")
        .order_by("rank", F("number").desc())
        .first()
    )


def answers_of(revision: ResponseRevision) -> Document:
    """The answers of a revision without what stands in it for personal data."""
    answers: Document = _without_digests(json.loads(revision.canonical)["answers"])
    return answers


class PreviousAnswers(Mapping[str, Any]):
    """The answers of the round before, read from the database when they are first asked for.

    What was renamed since stands under its new name. Personal data is not among them. Empty where
    there is no round before, or no answer in it.
    """

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment

    @cached_property
    def _revision(self) -> ResponseRevision | None:
        return revision_of_previous_round(self._assignment)

    @property
    def basis(self) -> str:
        """What tells one set of answers before from another; "" where there is none."""
        return "" if self._revision is None else self._revision.sha256[:BASIS_LENGTH]

    @cached_property
    def _answers(self) -> Document:
        revision = self._revision
        if revision is None:
            return {}
        answers = answers_of(revision)
        if revision.version_id == self._assignment.version_id:
            return answers
        form = form_of(self._assignment.version)
        return under_new_names(answers, form_of(revision.version), form)

    def __getitem__(self, name: str) -> Any:
        return self._answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


def _without_digests(value: Any) -> Any:
    match value:
        case dict():
            return {
                name: _without_digests(item)
                for name, item in value.items()
                if not (isinstance(item, dict) and set(item) == {DIGEST})
            }
        case list():
            return [_without_digests(item) for item in value]
        case _:
            return value
