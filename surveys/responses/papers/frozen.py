"""The answers that go on paper: those of a revision, or those of the draft as it stands."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from surveys.engine import Document, Form, FormState
from surveys.questionnaires.queries import form_of
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.previous import DIGEST
from surveys.responses.queries import context_of, state_of
from surveys.responses.services.drafts import Draft
from surveys.responses.services.freezing import salted_digest
from surveys.responses.services.proofs import attachments

ROW_ID: Final = "_id"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is printed: the form state, each value by path, and what is attached, by path.

    ``erased`` are the paths whose personal data are gone; of a remark, ``path#part``.
    """

    state: FormState
    values: Mapping[str, Any]
    files: Mapping[str, Document] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()


def answers_of_revision(revision: ResponseRevision, *, language: str) -> Answers:
    """What stands in a revision, personal data as far as they are not erased.

    Values are those that were frozen, computed ones too; the form is asked only for what was to be
    answered on the day of the freezing.
    """
    restoring = _Restoring(_texts_of(revision))
    content = json.loads(revision.canonical)
    answers = restoring.answers(content["answers"])
    remarks = restoring.remarks(content["remarks"])
    evidence = restoring.entries(content.get("evidence", ()))
    form = form_of(revision.version)
    state = FormState(
        form,
        answers=answers,
        remarks=remarks,
        context=context_of(revision.response.assignment, at=revision.at, language=language),
        evidence=Counter(entry["path"] for entry in evidence),
    )
    return _answers(state, answers, restoring.entries(content.get("files", ())), evidence).erasing(
        restoring.erased
    )


def answers_of_draft(response: Response, *, at: datetime, language: str) -> Answers:
    """The draft as it stands."""
    state = state_of(response, at=at, language=language)
    values = state.submission()
    attached = attachments(Draft(response, state), values, lambda _place, entry: entry)
    return _answers(state, values, attached["files"], attached["evidence"]).complete()


@dataclass(frozen=True, slots=True)
class _Found:
    """Answers on their way to paper."""

    state: FormState
    values: dict[str, Any]
    files: dict[str, Document]
    evidence: dict[str, list[Document]]

    def complete(self) -> Answers:
        return self.erasing(frozenset())

    def erasing(self, erased: frozenset[str] | set[str]) -> Answers:
        return Answers(self.state, self.values, self.files, self.evidence, frozenset(erased))


def _answers(
    state: FormState, values: Document, files: Sequence[Document], evidence: Sequence[Document]
) -> _Found:
    by_path: dict[str, list[Document]] = {}
    for entry in evidence:
        by_path.setdefault(entry["path"], []).append(entry)
    return _Found(
        state, dict(_places(state.form, values)), {file["path"]: file for file in files}, by_path
    )


def _places(form: Form, answers: Document) -> Iterator[tuple[str, Any]]:
    """Every answer by its path."""
    for name, value in answers.items():
        if name not in form.columns:
            yield name, value
            continue
        rows = value.items() if isinstance(value, dict) else ((row[ROW_ID], row) for row in value)
        for row, cells in rows:
            yield from (
                (f"{name}/{row}/{column}", cell)
                for column, cell in cells.items()
                if column != ROW_ID
            )


def _texts_of(revision: ResponseRevision) -> dict[str, Any]:
    """The personal data that are still there, by what stands in the revision for them."""
    return {
        salted_digest(answer.path, answer.salt, answer.value): answer.value
        for answer in revision.erasable_answers.all()
    }


class _Restoring:
    """Puts personal data back where their digests stand, and notes what is gone."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self.texts = texts
        self.erased: set[str] = set()

    def answers(self, answers: Document) -> Document:
        return {
            name: value
            for name, given in answers.items()
            if (value := self._value(name, given)) is not None
        }

    def remarks(self, remarks: Document) -> Document:
        return {
            path: {
                part: text
                for part, given in parts.items()
                if (text := self._single(f"{path}#{part}", given)) is not None
            }
            for path, parts in remarks.items()
        }

    def entries(self, entries: Sequence[Document]) -> list[Document]:
        """Files or pieces of evidence; of erased ones, the path alone."""
        found = []
        for entry in entries:
            path = entry["path"]
            if DIGEST in entry:
                text = self._single(f"{path}#attached", {DIGEST: entry[DIGEST]})
                found.append({"path": path, **(text or {})})
            else:
                found.append(entry)
        return found

    def _value(self, name: str, given: Any) -> Any:
        match given:
            case dict() if DIGEST not in given:
                return {row: self._cells(f"{name}/{row}", cells) for row, cells in given.items()}
            case list() if any(isinstance(row, dict) for row in given):
                return [self._cells(f"{name}/{row[ROW_ID]}", row) for row in given]
            case _:
                return self._single(name, given)

    def _cells(self, row: str, cells: Document) -> Document:
        return {
            column: value
            for column, given in cells.items()
            if (value := self._single(f"{row}/{column}", given)) is not None
        }

    def _single(self, path: str, given: Any) -> Any:
        if not (isinstance(given, dict) and DIGEST in given):
            return given
        if given[DIGEST] in self.texts:
            return self.texts[given[DIGEST]]
        self.erased.add(path)
        return None
