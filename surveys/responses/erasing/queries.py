"""Where personal data lie: looked for over all answers, and laid out for one response."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet

from surveys.campaigns.enums import Anonymity
from surveys.campaigns.models import Assignment
from surveys.engine import Form
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import User
from surveys.organisations.rules import owners_of
from surveys.organisations.search import search_key
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.rendering import label_of
from surveys.responses.models import AnswerChange, ErasableAnswer, Response
from surveys.responses.services.freezing import personal_questions

MOST_HITS: Final = 50
CHUNK: Final = 500

Found = tuple[str, Any]
"""A personal answer: its path, and what stands there."""


class Where(StrEnum):
    """Where an answer is kept."""

    DRAFT = "draft"
    SIGNED = "signed"
    HISTORY = "history"


@dataclass(slots=True)
class Place:
    """What is erased as one: a personal answer, or all personal answers of a row.

    ``answers`` has each question's label with everything that is or was said there; ``is_named``
    where that holds what was looked for.
    """

    path: str
    label: str
    answers: dict[str, list[str]] = field(default_factory=dict)
    kept: set[Where] = field(default_factory=set)
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A response in which somebody was found, with the answers that say so."""

    assignment: Assignment
    texts: tuple[str, ...]


def erasable_assignments(user: User) -> QuerySet[Assignment]:
    """Those whose answers the person may erase from: of owners that they administer, where answers
    are not confidential to the department.
    """
    owners = owners_of(user, DepartmentRoleName.ADMINISTRATOR)
    return Assignment.objects.filter(
        round__campaign__owner__in=owners, response__isnull=False
    ).exclude(round__campaign__anonymity=Anonymity.CONFIDENTIAL)


def find_person(user: User, text: str) -> list[Hit]:
    """The responses whose present or signed personal answers hold the text, at most MOST_HITS.

    Every response of a questionnaire that asks for personal data is read, in a stream. Accents, case
    and the blanks in numbers do not matter.
    """
    responses = Response.objects.filter(assignment__in=erasable_assignments(user))
    texts: dict[int, list[str]] = {}
    for response, found in (*_live_answers(responses), *_signed_answers(responses)):
        known = texts.setdefault(response, [])
        known += [said for said in _texts(found) if holds(said, text) and said not in known]
    hits = [response for response, known in texts.items() if known][:MOST_HITS]
    shown = erasable_assignments(user).filter(response__in=hits)
    ordered = shown.select_related("agency", "round__campaign", "response").order_by(
        "-round__opens_at", "agency__official_order", "pk"
    )
    return [Hit(each, tuple(texts[each.response.pk])) for each in ordered]


def places_of(response: Response, *, language: str, named: str = "") -> list[Place]:
    """Everything personal that is kept of a response, in the draft, in what was signed and in the
    history; ``named`` is what was looked for.
    """
    forms = forms_of(response)
    personal = frozenset().union(*(personal_questions(form) for form in forms))
    places: dict[str, Place] = {}
    for where, (path, value) in _kept(response):
        answer = path.partition("#")[0]
        name = answer.rpartition("/")[2]
        said = _texts(value)
        if name not in personal or not said:
            continue
        form = next(form for form in forms if name in form.parts)
        unit = answer.rpartition("/")[0] or answer
        place = places.setdefault(unit, Place(unit, _label(form, answer, language)))
        texts = place.answers.setdefault(label_of(form, form.element(name), language), [])
        texts += [each for each in said if each not in texts]
        place.kept.add(where)
        place.is_named = place.is_named or any(holds(each, named) for each in said)
    return sorted(places.values(), key=lambda place: (not place.is_named, place.path))


def forms_of(response: Response) -> list[Form]:
    """The forms that the answers have stood under, the present one first."""
    versions = dict.fromkeys([response.version_id])
    versions |= dict.fromkeys(response.revisions.values_list("version", flat=True))
    versions |= dict.fromkeys(response.moves.values_list("from_version", flat=True))
    found = QuestionnaireVersion.objects.in_bulk(list(versions))
    return [form_of(found[pk]) for pk in versions]


def holds(said: str, text: str) -> bool:
    """Whether a text is said there, accents, case and punctuation aside."""
    wanted, key = search_key(text), search_key(said)
    if not wanted:
        return False
    return wanted in key or wanted.replace(" ", "") in key.replace(" ", "")


def _live_answers(responses: QuerySet[Response]) -> Iterator[tuple[int, Any]]:
    asked = responses.order_by().values_list("version", flat=True).distinct()
    for version in QuestionnaireVersion.objects.filter(pk__in=asked):
        personal = personal_questions(form_of(version))
        if not personal:
            continue
        rows = responses.filter(version=version).values_list("pk", "answers", "typed")
        for pk, answers, typed in rows.iterator(chunk_size=CHUNK):
            for path, value in (*_answers_in(answers), *typed.items()):
                if path.rpartition("/")[2] in personal:
                    yield pk, value


def _signed_answers(responses: QuerySet[Response]) -> Iterator[tuple[int, Any]]:
    signed = ErasableAnswer.objects.filter(revision__response__in=responses)
    yield from signed.values_list("revision__response", "value").iterator(chunk_size=CHUNK)


def _kept(response: Response) -> Iterator[tuple[Where, Found]]:
    """Whatever is kept at a path, personal or not, and where."""
    for found in (*_answers_in(response.answers), *response.typed.items()):
        yield Where.DRAFT, found
    for path, remark in response.remarks.items():
        words = [text for part, text in remark.items() if part != "missing"]
        yield Where.DRAFT, (path, words)
    for evidence in response.evidence.select_related("file"):
        yield Where.DRAFT, (evidence.path, [evidence.number, evidence.issuer, evidence.url])
    for file in response.files.all():
        yield Where.DRAFT, (file.path, file.name)
    signed = ErasableAnswer.objects.filter(revision__response=response).order_by("pk")
    for found in signed.values_list("path", "value"):
        yield Where.SIGNED, found
    changes = AnswerChange.objects.filter(response=response).order_by("number")
    for entries in changes.values_list("changes", flat=True):
        for path, *states in entries:
            yield from ((Where.HISTORY, found) for state in states for found in _past(path, state))


def _past(path: str, state: Any) -> Iterator[Found]:
    """What a cell or a row of the history held."""
    if not isinstance(state, dict):
        return
    if "values" in state:
        yield from ((f"{path}/{name}", value) for name, value in state["values"].items())
    else:
        yield path, [state.get("value"), state.get("typed")]


def _answers_in(answers: dict[str, Any]) -> Iterator[Found]:
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = [(row.get("_id", ""), row) for row in value]
        elif isinstance(value, dict):
            rows = [(row, cells) for row, cells in value.items() if isinstance(cells, dict)]
        else:
            yield name, value
            continue
        for row, cells in rows:
            yield from ((f"{name}/{row}/{cell}", each) for cell, each in cells.items())


def _texts(value: Any) -> list[str]:
    """What a value says, as texts; of a file its name."""
    match value:
        case None | "" | bool():
            return []
        case dict():
            parts = [part for name, part in value.items() if name not in {"id", "sha256", "kind"}]
            return [text for part in parts for text in _texts(part)]
        case list():
            return [text for part in value for text in _texts(part)]
        case _:
            return [str(value)]


def _label(form: Form, answer: str, language: str) -> str:
    owner, _slash, _rest = answer.partition("/")
    return label_of(form, form.element(owner), language) if owner in form.parts else owner
