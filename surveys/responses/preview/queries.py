"""A preview as it stands: the draft's form with one person's test answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from surveys.definitions import load
from surveys.definitions.editing import ROOT, EditError, Sort, Tree, apply, renaming
from surveys.definitions.editing.fields import ELEMENTS
from surveys.definitions.editing.operations import Data
from surveys.engine import (
    Context,
    Document,
    Documents,
    Form,
    FormState,
    compile_definition,
    initial_answers,
    migrate,
)
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.prefill import known_answers
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.uids import new_uid
from surveys.responses.preview.models import PreviewAnswers

NAMED = ELEMENTS | {Sort.LIST}


def preview_state(
    draft: QuestionnaireVersion, person: User, *, at: datetime, language: str
) -> FormState:
    """The draft's form with the person's test answers, as far as they still fit."""
    stored = PreviewAnswers.objects.filter(version=draft, person=person).first()
    return state_from(draft, stored, at=at, language=language)


def state_from(
    draft: QuestionnaireVersion, stored: PreviewAnswers | None, *, at: datetime, language: str
) -> FormState:
    """The form with the stored test answers; with those it begins with where there are none."""
    form = form_of(draft)
    context = preview_context(at=at, language=language)
    documents = Documents(starting(draft, form, context), {}, {})
    if stored is not None:
        documents = _taken_over(stored, draft, form, documents.answers, language)
    return FormState(
        form,
        answers=documents.answers,
        remarks=documents.remarks,
        typed=documents.typed,
        context=context,
    )


def preview_context(*, at: datetime, language: str) -> Context:
    """What a form takes from outside; a preview has no round before it."""
    local = timezone.localtime(at)
    return Context(today=local.date(), now=local, language=language)


def starting(draft: QuestionnaireVersion, form: Form, context: Context) -> Document:
    """What a preview begins with: defaults, and the owner as the agency that answers."""
    return initial_answers(form, context) | known_answers(form, draft.questionnaire.owner)


def _taken_over(
    stored: PreviewAnswers,
    draft: QuestionnaireVersion,
    form: Form,
    begun: Document,
    language: str,
) -> Documents:
    documents = Documents(stored.answers, stored.remarks, stored.typed)
    if stored.definition == draft.definition:
        return documents
    document, names = _called_as_now(stored.definition, draft.definition)
    old = compile_definition(load(document))
    renamed = Documents(
        {names.get(name, name): _renamed(value, names) for name, value in stored.answers.items()},
        {_renamed_path(path, names): value for path, value in stored.remarks.items()},
        {_renamed_path(path, names): value for path, value in stored.typed.items()},
    )
    told = migrate(old, form, renamed, starting=begun, language=language)
    return Documents(told.answers, told.remarks, told.typed)


def _called_as_now(before: Data, now: Data) -> tuple[Data, dict[str, str]]:
    """The older document with the names that its nodes have now, and the new name of each element."""
    old, new = Tree(before), Tree(now)
    names: dict[str, str] = {}
    document = before
    for uid in old.uids():
        if uid == ROOT or uid not in new or old.sort(uid) not in NAMED:
            continue
        was, name = str(old.node(uid).get("name", "")), str(new.node(uid).get("name", ""))
        if was == name:
            continue
        try:
            document, _done = apply(document, renaming(document, uid, name), new_uid=new_uid)
        except EditError:
            # Two lists changed their names with each other: answers that fit neither are let go.
            continue
        if old.sort(uid) is not Sort.LIST:
            names[was] = name
    return document, names


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The rows of a repeat or the cells of a table with the names of now."""
    match value:
        case dict():
            return {
                code: {names.get(name, name): cell for name, cell in cells.items()}
                if isinstance(cells, dict)
                else cells
                for code, cells in value.items()
            }
        case [{}, *_]:
            return [{names.get(name, name): cell for name, cell in row.items()} for row in value]
        case _:
            return value


def _renamed_path(path: str, names: Mapping[str, str]) -> str:
    first, *between = path.split("/")
    if not between:
        return names.get(first, first)
    *rows, last = between
    return "/".join([names.get(first, first), *rows, names.get(last, last)])
