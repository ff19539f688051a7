"""Publishing a draft: what changes for whom, what forbids it, and what to do afterwards."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Change, ChangeClass, errors
from surveys.organisations.requests import person_of
from surveys.questionnaires import comparison, queries, services
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.usage import Use, use_of
from surveys.questionnaires.views.base import VersionMixin, version_address
from surveys.questionnaires.views.checking import check_part
from surveys.questionnaires.views.drafts import DraftPageMixin

MOST_CHANGES = 60
"""The page lists the gravest; the comparison of the two versions has them all."""


class PublishForm(forms.Form):
    """A note on the version, and the questionnaire's code where a change breaks answers."""

    note = forms.CharField(
        required=False,
        max_length=services.NOTE_LENGTH,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        label=gettext_lazy("What is new (optional)"),
    )
    confirmation = forms.CharField(
        required=False,
        strip=True,
        max_length=100,
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, code: str, is_breaking: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        if not is_breaking:
            del self.fields["confirmation"]

    def clean_confirmation(self) -> str:
        """The code as it is."""
        typed: str = self.cleaned_data["confirmation"]
        if typed != self.code:
            raise forms.ValidationError(
                _("Changes break answers given so far. Type the code %(code)s to confirm."),
                params={"code": self.code},
            )
        return typed


class DraftPublishView(DraftPageMixin, FormView[PublishForm]):
    """What changed since the last version, what remains to be mended, and the act itself."""

    permission_required = Permission.QUESTIONNAIRE_PUBLISH
    template_name = "questionnaires/publish/publish.html"
    form_class = PublishForm
    tab = "publish"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whether a code is to be typed is decided here and not by the browser."""
        return super().get_form_kwargs() | {
            "code": self.draft.questionnaire.code,
            "is_breaking": any(_breaks(each) for each in self._changes()),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The comparison and the findings."""
        kwargs.setdefault("form", self.get_form())
        found = check_part(self.reader)
        return super().get_context_data(
            version=self.draft,
            since=self._since(),
            has_errors=bool(errors(self.reader.form.problems)),
            page="publish",
            **found,
            **kwargs,
        )

    def form_valid(self, form: PublishForm) -> HttpResponse:
        """Publish; a refusal keeps what was typed."""
        try:
            published = services.publish(
                self.draft,
                actor=person_of(self.request),
                at=self.at,
                note=form.cleaned_data["note"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The version is published. New rounds can use it."))
        code = published.questionnaire.code
        return redirect("version_published", code, published.number)

    def form_invalid(self, form: PublishForm) -> HttpResponse:
        """The page again, with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _last(self) -> QuestionnaireVersion | None:
        return queries.published_before(self.draft).first()

    def _changes(self) -> tuple[Change, ...]:
        last = self._last()
        return queries.changes_between(last, self.draft) if last else ()

    def _since(self) -> dict[str, Any]:
        """What the draft changes against the version published last, and whom that touches."""
        last = self._last()
        if last is None:
            return {}
        changes = self._changes()
        listed = comparison.gravest_first(changes)[:MOST_CHANGES]
        use = use_of(last, tuple({name for each in listed for name in _asked(each)}))
        before, after = (queries.form_of(each).definition for each in (last, self.draft))
        words = comparison.worded(listed, before, after)
        return {
            "last": last,
            "use": use,
            "number": len(changes),
            "counts": comparison.counted(changes),
            "answered": max((_touched(each, use) for each in listed if _breaks(each)), default=0),
            "lines": [
                {"words": word, "drafts": _touched(change, use)}
                for word, change in zip(words, listed, strict=True)
            ],
            "unlisted": len(changes) - len(listed),
            "broken_names": self._broken_names(),
        }

    def _broken_names(self) -> list[dict[str, str]]:
        form = self.reader.form
        return [
            {"name": change.place, "node": form.element(change.place).uid}
            for change in queries.names_broken_by(self.draft)
            if change.place in form.parts
        ]


class VersionPublishedView(VersionMixin, TemplateView):
    """What to do once a version is published: a new round, or moving the drafts of open ones."""

    template_name = "questionnaires/publish/published.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version and the one before it."""
        version = self.version
        last = queries.published_before(version).first()
        return super().get_context_data(
            version=version,
            last=last,
            use=use_of(last) if last else Use(0, 0),
            is_published=version.status == VersionStatus.PUBLISHED,
            crumbs=[
                (_("Questionnaires"), reverse("questionnaire_list")),
                (version.localised_title, version_address(version)),
                (_("Published"), ""),
            ],
            **kwargs,
        )


def _breaks(change: Change) -> bool:
    return change.change_class is ChangeClass.BREAKING


def _asked(change: Change) -> tuple[str, ...]:
    """The questions whose answers the change concerns, by their names in the older version."""
    if change.touches:
        return change.touches
    return (change.place.partition("/")[0],)


def _touched(change: Change, use: Use) -> int:
    """How many drafts the change concerns: those with such an answer, all that get a new question,
    none where only words change.
    """
    if change.change_class is ChangeClass.COSMETIC:
        return 0
    if change.change_class is ChangeClass.COMPATIBLE:
        return use.drafts
    return max((use.answered.get(name, 0) for name in _asked(change)), default=0)
