"""The forms around an index: its beginning, a run, a table beside the answers."""

from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from analytics.indices.documents import LARGEST
from analytics.indices.enums import Scores
from analytics.indices.models import CODE_LENGTH, NOTE_LENGTH, IndexVersion
from analytics.indices.services.definitions import NAME_LENGTH
from analytics.indices.services.runs import LARGEST_SEED, MOST_DRAWS
from analytics.indices.starting import shipped_definitions
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.engine import text_in
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person, owners_of

SEED: Final = 1690
DRAWS: Final = 1_000


class IndexForm(forms.Form):
    """The beginning of an index."""

    name = forms.CharField(
        label=_("Name in Vietnamese"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=CODE_LENGTH,
        help_text=_("Stands in addresses; small letters without tones, digits and hyphens."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Agency.objects.none(),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    start = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    file = forms.FileField(
        label=_("Or with a definition as a file"),
        required=False,
        help_text=_("JSON as it was exported, at most 2 MB. It goes before the choice above."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".json"}),
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Agency.objects.filter(pk__in=owners_of(user))
        may = [each.pk for each in owners if user.has_perm(Permission.INDEX_EDIT, each)]
        owner, start = self.fields["owner"], self.fields["start"]
        assert isinstance(owner, forms.ModelChoiceField), "it is declared so"
        assert isinstance(start, forms.ChoiceField), "it is declared so"
        owner.queryset = owners.filter(pk__in=may)
        if len(may) == 1:
            owner.initial = may[0]
        language = get_language() or "vi"
        shipped = [(f"shipped:{e.code}", text_in(e.name, language)) for e in shipped_definitions()]
        own = [
            (f"version:{each.pk}", f"{text_in(each.index.name, language)}, {each.number}")
            for each in IndexVersion.objects.visible_to(user).select_related("index")
        ]
        start.choices = [
            ("", _("Nothing: an empty index")),
            (_("Shipped definitions"), shipped),
            (_("Own indices"), own),
        ]

    def clean_file(self) -> Any:
        """A file that is not too large to be looked at."""
        file = self.cleaned_data.get("file")
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file


class NoteForm(forms.Form):
    """What a new version is for."""

    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)


class RunForm(forms.Form):
    """What is chosen for a run."""

    round = forms.ModelChoiceField(
        label=_("Round"),
        queryset=Round.objects.none(),
        to_field_name="code",
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    scores = forms.ChoiceField(
        label=_("Points counted"),
        choices=Scores.choices,
        initial=Scores.SELF,
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text=_("Where indicators are scored."),
    )
    draws = forms.IntegerField(
        label=_("Simulated runs"),
        min_value=0,
        max_value=MOST_DRAWS,
        initial=DRAWS,
        help_text=_("For the intervals of ranks; 0 leaves them out."),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=LARGEST_SEED,
        initial=SEED,
        help_text=_("The same seed gives the same results."),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, version: IndexVersion, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField), "it is declared so"
        field.queryset = (
            Round.objects.followed_by(user)
            .filter(campaign__owner=version.index.owner_id, opened_at__isnull=False)
            .select_related("campaign")
        )
        field.empty_label = _("Choose a round")
        # What is computed is nearly always the round that was closed last.
        field.initial = (
            field.queryset.filter(closed_at__isnull=False).order_by("-closed_at").first()
        )


class TableForm(forms.Form):
    """A table beside the answers."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_(
            "CSV in UTF-8 or Excel, at most 10 MB: headings above, codes of agencies in the first column."
        ),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,.xlsx"}),
    )
