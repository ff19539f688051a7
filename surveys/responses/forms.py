"""What a person sends from a page, turned into edits of cells."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict  # noqa: TID251  (the type of posted data)
from django.utils.translation import gettext_lazy as _

from surveys.engine import Cell, EvaluationError, Form, Kind, Question
from surveys.engine.answers import read_date
from surveys.rendering import Seen, cell_text, choice_words, is_searched, read, show_date
from surveys.responses.services import CellEdit, DocumentSource, LinkSource

LISTS: Final = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})
PARTS: Final = ("value", "missing", "reason", "expected", "explanation")


class PostedForm(forms.Form):
    """A form whose data came with a request: a name may stand there several times."""

    def posted(self, name: str) -> list[str]:
        """Every value of a name."""
        assert isinstance(self.data, QueryDict)
        return [str(value) for value in self.data.getlist(name)]


class SectionForm(PostedForm):
    """A whole section as it was posted.

    It never refuses: required answers and checks are judged at sending. ``edits`` names only what
    the person changed, compared with the signed content that the page was rendered with.
    """

    def __init__(self, *args: Any, form: Form, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        self.language = language

    def edits(self) -> list[CellEdit]:
        """The changes of the page, in its order."""
        return [*self._answers(), *self._days(), *self._explanations()]

    def _answers(self) -> Iterator[CellEdit]:
        for key in self.data:
            if not key.startswith("seen:"):
                continue
            path = key.removeprefix("seen:")
            seen = read(path, self.data[key])
            question = question_at(self.form, path)
            if seen is None or question is None:
                continue
            edit = self._answer(path, question, seen)
            if edit:
                yield edit

    def _answer(self, path: str, question: Question, seen: Seen) -> CellEdit | None:
        posted = _posted(self._values(path, question), question)
        value = None if _is_as_seen(posted, question, seen.cell, self.language) else posted
        missing = _differing(self.data.get(f"missing:{path}"), seen.cell.missing)
        reason = _differing(self.data.get(f"reason:{path}"), seen.reason)
        if value is None and missing is None and reason is None:
            return None
        return CellEdit(
            path=path,
            value=value,
            seen=seen.cell,
            missing=missing,
            reason=reason,
            seen_reason=seen.reason,
        )

    def _values(self, path: str, question: Question) -> list[str]:
        """What stands at the path; where choices are searched without JavaScript, what was typed."""
        values = self.posted(path)
        typed = self.data.get(f"find:{path}")
        if typed is None or not is_searched(self.form, question):
            return values
        if question.kind in LISTS:
            return [*values, clean_text(typed)]
        shown = values[0] if values else ""
        words = choice_words(self.form, question, shown, self.language)
        return values if clean_text(typed) == clean_text(words) else [typed]

    def _days(self) -> Iterator[CellEdit]:
        """The days on which figures will be there: an unreadable one holds up nothing else."""
        for key in self.data:
            if not key.startswith("expected:"):
                continue
            path = key.removeprefix("expected:")
            seen = read(path, self.data.get(f"seen:{path}", ""))
            if seen is None:
                continue
            text = _differing(self.data[key], show_date(seen.expected))
            if text is not None:
                yield CellEdit(
                    path=path, seen=seen.cell, expected=text, seen_expected=seen.expected
                )

    def _explanations(self) -> Iterator[CellEdit]:
        for key in self.data:
            if not key.startswith("seen-explanation:"):
                continue
            path = key.removeprefix("seen-explanation:")
            seen = read(path, self.data[key])
            if seen is None:
                continue
            text = _differing(self.data.get(f"explanation:{path}"), seen.explanation)
            if text is not None:
                yield CellEdit(
                    path=path, seen=seen.cell, explanation=text, seen_explanation=seen.explanation
                )


class CellForm(PostedForm):
    """One part of one cell, as autosave sends it."""

    edit_id = forms.CharField(max_length=40)
    path = forms.CharField(max_length=200)
    field = forms.ChoiceField(choices=[(part, part) for part in PARTS], required=False)
    seen = forms.CharField(required=False)

    def edit(self) -> CellEdit | None:
        """The edit; ``None`` if the page's signature is not ours."""
        return cell_edit(
            path=self.cleaned_data["path"],
            part=self.cleaned_data["field"],
            signature=self.cleaned_data["seen"],
            value=self._value(),
        )

    @property
    def texts(self) -> list[str]:
        """What was typed or chosen, for telling what became of it."""
        return self.posted("value")

    def _value(self) -> str | list[str]:
        if self.data.get("many"):
            return [value for value in self.posted("value") if value]
        return clean_text(self.data.get("value", ""))


class FileForm(forms.Form):
    """A file, for an answer or as evidence; ``seen`` is the id of the file that the page showed.

    ``upload`` names one that has come in pieces, instead of one that is in the request.
    """

    file = forms.FileField(required=False, allow_empty_file=True)
    upload = forms.UUIDField(required=False)
    use = forms.CharField(required=False, max_length=20)
    seen = forms.CharField(required=False, max_length=40)
    page = forms.CharField(
        required=False,
        max_length=40,
        error_messages={"max_length": _("A page takes at most 40 characters.")},
    )

    def clean(self) -> dict[str, Any]:
        """There is a file, in one of the two ways."""
        given = self.cleaned_data
        if given.get("file") is None and not given.get("upload") and not self.errors:
            raise forms.ValidationError(_("Choose a file first."))
        return given


class DocumentForm(forms.Form):
    """An official document, cited as evidence."""

    number = forms.CharField(
        max_length=100, error_messages={"required": _("Write the number of the document.")}
    )
    issued_on = forms.CharField(required=False, max_length=20)
    issuer = forms.CharField(required=False, max_length=200)
    abstract = forms.CharField(required=False, max_length=500)

    def clean_issued_on(self) -> date | None:
        """The day, in any way that people write one."""
        text: str = self.cleaned_data["issued_on"]
        if not text:
            return None
        try:
            return read_date(text)
        except EvaluationError as failure:
            message = _("“%(typed)s” is not a date. Write day/month/year.")
            raise forms.ValidationError(message, params={"typed": text}) from failure

    def source(self) -> DocumentSource:
        """What the service takes."""
        return DocumentSource(**self.cleaned_data)


class LinkForm(forms.Form):
    """A public page, cited as evidence."""

    url = forms.URLField(
        max_length=1000,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={
            "required": _("Write the address of the page."),
            "invalid": _("This is not the address of a page. It begins with https://."),
        },
    )

    def source(self) -> LinkSource:
        """What the service takes."""
        return LinkSource(url=self.cleaned_data["url"])


MOST_COMMENT: Final = 1_000


class ReturnForm(forms.Form):
    """Why a response goes back, and what is to be corrected."""

    reason = forms.CharField(
        max_length=2000,
        error_messages={"required": _("Say why the response is returned.")},
    )
    paths = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, choices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        paths = self.fields["paths"]
        assert isinstance(paths, forms.MultipleChoiceField)
        paths.choices = list(choices.items())

    def cited(self) -> dict[str, str]:
        """The comment by path of what was chosen; of a valid form."""
        return {path: self._comment(path) for path in self.cleaned_data["paths"]}

    def cites(self) -> list[dict[str, Any]]:
        """What can be chosen, with what was chosen and written."""
        chosen = self.data.getlist("paths") if isinstance(self.data, QueryDict) else []
        return [
            {"path": path, "label": label, "chosen": path in chosen, "comment": self._comment(path)}
            for path, label in self.choices.items()
        ]

    def _comment(self, path: str) -> str:
        return str(self.data.get(f"comment-{path}", "")).strip()[:MOST_COMMENT]


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that could not be stored, shown so that it can be copied."""

    place: str
    text: str


def cell_edit(*, path: str, part: str, signature: str, value: str | list[str]) -> CellEdit | None:
    """The change of one part of a cell ("": its value); None if the signature is not ours.

    ``value`` is what was typed, or the choices that were taken.
    """
    seen = read(path, signature)
    if seen is None:
        return None
    text = value if isinstance(value, str) else ", ".join(value)
    match part:
        case "missing":
            return CellEdit(path=path, missing=text, seen=seen.cell)
        case "reason":
            return CellEdit(path=path, reason=text, seen=seen.cell, seen_reason=seen.reason)
        case "expected":
            return CellEdit(path=path, expected=text, seen=seen.cell, seen_expected=seen.expected)
        case "explanation":
            return CellEdit(
                path=path, explanation=text, seen=seen.cell, seen_explanation=seen.explanation
            )
        case _:
            return CellEdit(path=path, value=value, seen=seen.cell)


def question_at(form: Form, path: str) -> Question | None:
    """The question a path ends with, if the form has one."""
    try:
        return form.question(path.rsplit("/", 1)[-1])
    except KeyError:
        return None


def clean_text(text: str) -> str:
    """Text with one kind of line ends and composed letters, without spaces around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def _posted(values: list[str], question: Question) -> str | list[str]:
    if question.kind in LISTS:
        return [value for value in values if value]
    return clean_text(values[0]) if values else ""


def _is_as_seen(posted: str | list[str], question: Question, seen: Cell, language: str) -> bool:
    if isinstance(posted, list):
        before = seen.value if isinstance(seen.value, list) else []
        return posted == before or (
            question.kind is Kind.SELECT_MULTIPLE and set(posted) == set(before)
        )
    return posted == clean_text(cell_text(question, seen, language))


def _differing(posted: str | None, seen: str) -> str | None:
    if posted is None:
        return None
    text = clean_text(posted)
    return None if text == seen else text
