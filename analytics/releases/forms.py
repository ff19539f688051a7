"""What a person types to propose a publication, and to take one back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from analytics.indices.models import IndexRun
from analytics.releases.enums import Licence
from analytics.releases.models import NOTES_LENGTH, REASON_LENGTH, TITLE_LENGTH, Release
from analytics.releases.queries import runs_to_choose
from analytics.releases.services import Details
from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.models import Round
from surveys.templatetags.ks import within


class RunField(forms.ModelChoiceField[IndexRun]):
    """A run, named by its index and version."""

    def label_from_instance(self, run: IndexRun) -> str:
        """The index, its version and the run."""
        return str(_("%(index)s, version %(version)d, run %(run)d")) % {
            "index": run.version.index.localised_name,
            "version": run.version.number,
            "run": run.pk,
        }


class ProposalForm(PlainForm):
    """A proposal to publish."""

    title = forms.CharField(label=_("Title in Vietnamese"), max_length=TITLE_LENGTH)
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH, required=False)
    with_targets = forms.BooleanField(label=_("The results of the round"), required=False)
    run = RunField(
        label=_("Run of an index"),
        queryset=IndexRun.objects.none(),
        required=False,
        empty_label=_("No index"),
        help_text=_(
            "Its scores, ranks and levels are published, and agencies get their own report."
        ),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    licence_text = forms.CharField(
        label=_("Terms of its own"),
        max_length=NOTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    released_on = DayField(label=_("Day of publication"))
    notes = forms.CharField(
        label=_("Notes in Vietnamese"),
        max_length=NOTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How it was made, what limits it has, what was corrected."),
    )
    notes_en = forms.CharField(
        label=_("Notes in English"),
        max_length=NOTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, round_: Round, corrects: Release | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        runs = self.fields["run"]
        assert isinstance(runs, RunField)
        runs.queryset = runs_to_choose(round_)
        self.fields["with_targets"].widget.attrs["class"] = "form-check-input"
        self.corrects = corrects

    def details(self) -> Details:
        """What the service takes."""
        given = self.cleaned_data
        return Details(
            title={"vi": given["title"], "en": given["title_en"]},
            notes={"vi": given["notes"], "en": given["notes_en"]},
            run=given["run"],
            with_targets=given["with_targets"],
            licence=Licence(given["licence"]),
            licence_text=given["licence_text"],
            released_on=given["released_on"],
            corrects=self.corrects,
        )


class WithdrawalForm(PlainForm):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who could read the publication reads the reason in its place."),
    )


def proposed_at_first(round_: Round, corrects: Release | None, today: date) -> dict[str, Any]:
    """What the form holds before anybody types: what is corrected, else the newest run."""
    if corrects is not None:
        return {
            "title": corrects.title.get("vi", ""),
            "title_en": corrects.title.get("en", ""),
            "with_targets": corrects.with_targets,
            "run": runs_to_choose(round_).first(),
            "licence": corrects.licence,
            "licence_text": corrects.licence_text,
            "released_on": today,
        }
    return {
        "title": _titled(round_, "vi"),
        "title_en": _titled(round_, "en"),
        "with_targets": True,
        "run": runs_to_choose(round_).first(),
        "licence": Licence.CC_BY,
        "released_on": today,
    }


def _titled(round_: Round, language: str) -> str:
    """The campaign and the period in that language; blank where the campaign has no such title."""
    title, period = round_.campaign.titles.get(language, ""), round_.periods.get(language, "")
    with override(language):
        return f"{title}, {within(period)}"[:TITLE_LENGTH] if title else ""
