"""Which questions take files or evidence, and what a response has attached to its answers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from surveys.engine import Element, EvidenceNeed, Form, FormState, Kind, Question
from surveys.files.policy import Purpose
from surveys.responses.enums import EvidenceKind
from surveys.responses.models import Evidence, Response, StoredFile

FILE_KINDS: Final[Mapping[Kind, Purpose]] = {
    Kind.FILE: Purpose.DOCUMENT,
    Kind.IMAGE: Purpose.PICTURE,
}


@dataclass(frozen=True, slots=True)
class Attached:
    """Every file of a response by its id, as text, and its evidence in force by path."""

    files: Mapping[str, StoredFile] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)


@lru_cache(maxsize=256)
def file_questions(form: Form) -> frozenset[str]:
    """The names of the questions whose answer is a file."""
    return frozenset(question.name for question in _questions(form) if question.kind in FILE_KINDS)


@lru_cache(maxsize=256)
def evidence_questions(form: Form) -> frozenset[str]:
    """The names of the questions whose answer can or must be proved."""
    return frozenset(
        question.name for question in _questions(form) if question.evidence is not EvidenceNeed.NONE
    )


def attached_to(response: Response, form: Form) -> Attached:
    """What is attached; nothing is asked of the database where the form takes nothing."""
    if not file_questions(form) and not evidence_questions(form):
        return Attached()
    files = StoredFile.objects.filter(response=response).select_related("uploaded_by")
    evidence: dict[str, list[Evidence]] = {}
    for item in evidence_in_force(response, form):
        evidence.setdefault(item.path, []).append(item)
    return Attached(
        {str(file.pk): file for file in files},
        {path: tuple(items) for path, items in evidence.items()},
    )


def evidence_counts(response: Response, form: Form) -> Mapping[str, int]:
    """How many pieces of evidence there are behind each answer that has any."""
    if not evidence_questions(form):
        return {}
    in_force = Evidence.objects.filter(response=response, removed_at=None)
    return Counter(in_force.values_list("path", flat=True))


def evidence_in_force(response: Response, form: Form) -> Iterator[Evidence]:
    """The evidence that was not removed, in the order in which it was added."""
    if not evidence_questions(form):
        return iter(())
    in_force = Evidence.objects.filter(response=response, removed_at=None)
    return in_force.select_related("file", "added_by").iterator()


def is_shown(state: FormState, path: str) -> bool:
    """Whether the path leads to a question that concerns the respondent; its row may be gone."""
    try:
        state.cell(path)
    except KeyError:
        return False
    return state.is_relevant(path)


def evidence_words(evidence: Evidence) -> str:
    """What the evidence is, on one line."""
    match EvidenceKind(evidence.kind):
        case EvidenceKind.FILE if evidence.file is not None:
            return evidence.file.name
        case EvidenceKind.DOCUMENT:
            return " ".join(part for part in (evidence.number, evidence.issuer) if part)
        case _:
            return evidence.url


def _questions(form: Form) -> Iterator[Question]:
    elements: Iterator[Element] = iter(form.definition.elements())
    return (element for element in elements if isinstance(element, Question))
