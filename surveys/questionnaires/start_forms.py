"""What a person gives to start a questionnaire."""

from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from surveys.organisations.models import Agency
from surveys.organisations.rules import Person, owners_of
from surveys.organisations.search import search_key
from surveys.questionnaires.forms import MAKERS
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import free_code
from surveys.questionnaires.ready import READY, Ready, ready_questionnaire

TITLE_LENGTH: Final = 300
CODE_LENGTH: Final = 60
TITLED: Final = ("blank", "library", "copy")
"""Sources that bring no title of their own."""


class Source(TextChoices):
    """What to start from."""

    BLANK = "blank", _("A blank questionnaire")
    LIBRARY = "library", _("The question library")
    COPY = "copy", _("A copy")
    READY = "ready", _("A ready questionnaire")
    WORKBOOK = "workbook", _("An XLSForm workbook")


class StartForm(forms.Form):
    """The source with what belongs to it, then title, code and owner."""

    source = forms.ChoiceField(label=_("Start from"), choices=Source)
    version = forms.ModelChoiceField(
        queryset=QuestionnaireVersion.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Choose one of your versions.")},
    )
    ready = forms.ChoiceField(choices=[(each.code, each.title) for each in READY], required=False)
    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("XLSForm as .xlsx, .xls or .csv, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        required=False,
    )
    title_vi = forms.CharField(
        label=_("Title in Vietnamese"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("May stay empty where the ready questionnaire or the workbook has one."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH, required=False)
    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[a-z0-9_-]+$",
        max_length=CODE_LENGTH,
        required=False,
        help_text=_(
            "Stays the same over all versions: small letters, digits and hyphens. Without one it is"
            " made from the title."
        ),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Agency.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, version = self.fields["owner"], self.fields["version"]
        assert isinstance(owner, forms.ModelChoiceField)
        assert isinstance(version, forms.ModelChoiceField)
        owner.queryset = Agency.objects.filter(pk__in=owners_of(user, *MAKERS))
        owner.initial = owner.queryset.first()
        version.queryset = QuestionnaireVersion.objects.visible_to(user)
        for name, field in self.fields.items():
            look = "form-select" if name == "owner" else "form-control"
            field.widget.attrs["class"] = look

    @property
    def marked_source(self) -> str:
        """The source that is marked on the page."""
        return str(self["source"].value() or Source.BLANK)

    @property
    def chosen_source(self) -> Source:
        """What to start from."""
        return Source(self.cleaned_data["source"])

    @property
    def chosen_ready(self) -> Ready:
        """The ready questionnaire that was chosen."""
        found = ready_questionnaire(self.cleaned_data["ready"])
        assert found is not None, "clean has seen to it"
        return found

    @property
    def title(self) -> dict[str, str]:
        """The title by language as it was typed."""
        return {
            language: self.cleaned_data[f"title_{language}"]
            for language in ("vi", "en")
            if self.cleaned_data[f"title_{language}"].strip()
        }

    def clean(self) -> dict[str, Any]:
        """What the source needs, and a code if none was given."""
        typed = super().clean() or {}
        source = typed.get("source", "")
        needed = {Source.COPY: "version", Source.READY: "ready", Source.WORKBOOK: "workbook"}
        name = needed.get(source)
        if name and name not in self.errors and not typed.get(name):
            self.add_error(name, _MISSING[name])
        for other in {*needed.values()} - {name}:
            typed[other] = None
            self.errors.pop(other, None)
        if source in TITLED and "title_vi" not in self.errors and not typed.get("title_vi"):
            self.add_error("title_vi", _("Give the questionnaire a title."))
        if "code" not in self.errors and not typed.get("code"):
            typed["code"] = free_code(_stem(typed))
        return typed


_MISSING: Final = {
    "version": _("Choose the version to copy."),
    "ready": _("Choose a ready questionnaire."),
    "workbook": _("Choose a workbook."),
}


def _stem(typed: dict[str, Any]) -> str:
    """The words that a code is made of."""
    upload = typed.get("workbook")
    named = PurePath(upload.name).stem if upload else typed.get("ready") or ""
    key = search_key(typed.get("title_vi") or typed.get("title_en") or named)
    return "-".join(word for word in key.split() if word.isascii())[:CODE_LENGTH].strip("-")
