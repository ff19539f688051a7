"""Freezing answers: an immutable canonical text (RFC 8785) and its SHA-256.

The text depends on what was answered and on nothing else: not on when, by whom or how often it is
frozen. So the signatory's revision has the hash of the one the coordinator sent. Who signed and when
stand beside it, in the revision's row and in the audit.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import rfc8785
from django.utils import timezone

from surveys.campaigns.models import Assignment
from surveys.engine import Document, Form, FormState, Question
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ErasableAnswer, ResponseRevision
from surveys.responses.previous import DIGEST
from surveys.responses.services.drafts import Draft
from surveys.responses.services.proofs import Protect, attachments

FORMAT: Final = "khao-sat-so/response/1"
SALT_BYTES: Final = 16

FROZEN: Final = ("assignment__agency", "assignment__round__campaign")
"""What is frozen beside the answers."""


@dataclass(slots=True)
class Erasable:
    """The personal answers of a response: their salts by (path, value), and what a freeze used."""

    known: dict[tuple[str, str], str]
    used: list[tuple[str, str, Any]] = field(default_factory=list)

    def digest(self, path: str, value: Any) -> dict[str, str]:
        """What stands in the revision for ``value``; the same value keeps its salt."""
        key = (path, _canonical(value))
        salt = self.known.get(key) or secrets.token_hex(SALT_BYTES)
        self.used.append((path, salt, value))
        return {DIGEST: salted_digest(path, salt, value)}


def freeze(
    draft: Draft, *, kind: RevisionKind, actor: User | None, at: datetime, signs_as: str = ""
) -> ResponseRevision:
    """The answers as they stand, as a new revision; a signed one gets its receipt number.

    Answers marked ``personal_data`` stand in it as salted digests; text and salt lie beside it.
    """
    response = draft.response
    number = 1 + max(response.revisions.values_list("number", flat=True), default=0)
    erasable = Erasable(_known_salts(response.pk) if personal_questions(draft.state.form) else {})
    canonical = _canonical(_content(draft, erasable))
    revision = ResponseRevision.objects.create(
        response=response,
        number=number,
        kind=kind,
        version=response.version,
        canonical=canonical,
        sha256=sha256(canonical),
        at=at,
        actor=actor,
        signs_as=signs_as,
    )
    if kind is RevisionKind.SIGNED:
        # The row's own key makes the number unique without anybody waiting for anybody.
        revision.receipt = f"KS-{timezone.localtime(at).year}-{revision.pk:06d}"
        revision.save(update_fields=["receipt"])
    ErasableAnswer.objects.bulk_create(
        [
            ErasableAnswer(revision=revision, path=path, salt=salt, value=value)
            for path, salt, value in erasable.used
        ]
    )
    return revision


def is_intact(revision: ResponseRevision) -> bool:
    """Whether the text has its hash and every personal answer that is still there its digest."""
    if sha256(revision.canonical) != revision.sha256:
        return False
    return all(
        salted_digest(answer.path, answer.salt, answer.value) in revision.canonical
        for answer in revision.erasable_answers.all()
    )


def sha256(text: str) -> str:
    """The hash of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_text(value: Any) -> str:
    """A document as it is frozen: RFC 8785."""
    return _canonical(value)


def salted_digest(path: str, salt: str, value: Any) -> str:
    """What proves ``value`` at ``path`` to whoever has the salt, and tells nothing to others."""
    return f"sha256:{sha256(_canonical([path, salt, value]))}"


@lru_cache(maxsize=256)
def personal_questions(form: Form) -> frozenset[str]:
    """The names of the questions whose answers are personal data."""
    return frozenset(
        element.name
        for element in form.definition.elements()
        if isinstance(element, Question) and element.personal_data
    )


def _content(draft: Draft, erasable: Erasable) -> Document:
    assignment, version = draft.assignment, draft.response.version
    return {
        "format": FORMAT,
        "questionnaire": {
            "code": draft.state.form.definition.code,
            "version": version.number,
            "sha256": definition_hash(version.pk, draft.state.form),
        },
        "round": {
            "code": assignment.round.code,
            "campaign": assignment.round.campaign.code,
            "period": assignment.round.period,
            "reference_date": assignment.round.reference_date.isoformat(),
        },
        "agency": _agency(assignment),
        "answers": _protected(draft.state, erasable),
        "remarks": _remarks(draft.state, erasable),
        **attachments(draft, draft.state.submission(), _protector(draft.state.form, erasable)),
    }


def _protector(form: Form, erasable: Erasable) -> Protect:
    personal = personal_questions(form)

    def protect(place: str, entry: Document) -> Document:
        name = place.partition("#")[0].rpartition("/")[2]
        return erasable.digest(place, entry) if name in personal else entry

    return protect


def _agency(assignment: Assignment) -> Document:
    agency = assignment.agency
    return {"key": agency.key, "name": agency.name, "type": agency.type}


def _protected(state: FormState, erasable: Erasable) -> Document:
    """The submission with digests in the place of personal data."""
    answers = state.submission()
    for name in personal_questions(state.form):
        for path, holder in _places(state.form, answers, name):
            holder[name] = erasable.digest(path, holder[name])
    return answers


def _places(form: Form, answers: Document, name: str) -> list[tuple[str, Document]]:
    """Where in the submission a question is answered: its path, and what holds the answer."""
    owner = form.owner(name)
    if owner is None:
        return [(name, answers)] if name in answers else []
    held = answers.get(owner.name, {})
    rows = held.items() if isinstance(held, dict) else [(row["_id"], row) for row in held]
    return [(f"{owner.name}/{row_id}/{name}", row) for row_id, row in rows if name in row]


def _remarks(state: FormState, erasable: Erasable) -> Document:
    """The remarks of what is shown; what was said about personal data is personal too."""
    personal = personal_questions(state.form)
    remarks: Document = {}
    for path, parts in state.remarks.items():
        if not state.is_relevant(path):
            continue
        remarks[path] = {
            part: erasable.digest(f"{path}#{part}", text)
            if path.rpartition("/")[2] in personal and part != "missing"
            else text
            for part, text in parts.items()
            if text
        }
    return {path: parts for path, parts in remarks.items() if parts}


def _known_salts(response_id: int) -> dict[tuple[str, str], str]:
    answers = ErasableAnswer.objects.filter(revision__response=response_id)
    return {(answer.path, _canonical(answer.value)): answer.salt for answer in answers}


@lru_cache(maxsize=256)
def definition_hash(version_id: int, _form: Form) -> str:
    """The hash of the published definition; the compiled form stands for its content."""
    definition = QuestionnaireVersion.objects.values_list("definition", flat=True).get(
        pk=version_id
    )
    return sha256(_canonical(definition))


def _canonical(value: Any) -> str:
    text: bytes = rfc8785.dumps(value)
    return text.decode()
