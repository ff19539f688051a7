"""The signed answers behind one item, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from surveys.engine import FormState, text_in
from surveys.engine.scoring import read_rule
from surveys.questionnaires.queries import form_of
from surveys.rendering import label_of, missing_code_label, value_text
from surveys.rendering.page import AttachedLine
from surveys.responses.attached import Attached, attached_to
from surveys.responses.queries import state_of
from surveys.responses.views.attached_lines import evidence_lines, file_lines
from surveys.verification.models import VerificationItem
from surveys.verification.rule_words import rule_lines


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One question with its answer, what was said beside it, and what proves it."""

    label: str
    text: str
    is_blank: bool
    remarks: tuple[str, ...] = ()
    evidence: tuple[AttachedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadItem:
    """The answers that an item scores, and its rule in words."""

    answers: tuple[ReadAnswer, ...]
    rule: tuple[str, ...] = field(default=())


def read_item(item: VerificationItem, *, at: datetime, language: str) -> ReadItem:
    """What the agency signed, as it stands: nothing changes it while it is verified."""
    response = item.case.revision.response
    state = state_of(response, at=at, language=language)
    lines = evidence_lines(attached_to(response, state.form), at=at)
    answers = tuple(
        _answer(state, name, language, lines.get(name, ()))
        for name in item.questions
        if name in state.form.parts
    )
    rule = rule_lines(read_rule(item.rule), form_of(response.version), item.questions, language)
    return ReadItem(answers, tuple(rule))


def explanation_files(item: VerificationItem, *, at: datetime) -> tuple[AttachedLine, ...]:
    """The files behind the explanation of the item, as they were added; one query."""
    found = item.explanation_files.select_related("file__uploaded_by")
    attached = Attached(files={str(each.file_id): each.file for each in found})
    return tuple(file_lines(attached, at=at).values())


def _answer(
    state: FormState, name: str, language: str, evidence: tuple[AttachedLine, ...]
) -> ReadAnswer:
    question = state.form.question(name)
    text = _text(state, name, state.value(name), language)
    missing = state.cell(name).missing
    if not text and missing:
        text = missing_code_label(missing)
    elif text and question.unit:
        text = f"{text} {text_in(question.unit, language)}"
    return ReadAnswer(
        label=label_of(state.form, question, language),
        text=text or _("Not answered"),
        is_blank=not text,
        remarks=tuple(_remarks(state, name, language)),
        evidence=evidence,
    )


def _text(state: FormState, name: str, value: object, language: str) -> str:
    question = state.form.question(name)
    choices = {choice.name: choice for choice in state.form.choices_of(question)}
    return value_text(question, value, language, choices)


def _remarks(state: FormState, name: str, language: str) -> Iterator[str]:
    remark = state.remarks.get(name, {})
    if reason := remark.get("reason"):
        yield _("Reason: %(reason)s") % {"reason": reason}
    if explanation := remark.get("explanation"):
        yield _("Explanation: %(explanation)s") % {"explanation": explanation}
    before = (state.context.previous or {}).get(name)
    if before is not None:
        shown = _text(state, name, before, language)
        if shown:
            yield _("Last round: %(value)s") % {"value": shown}
