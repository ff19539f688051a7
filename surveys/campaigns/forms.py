"""What a person types to make a campaign or a round."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.codes import CODE_LENGTH, round_code
from surveys.campaigns.models import Campaign, Round
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
CODE_HELP: Final = _(
    "Stands in addresses: small letters, digits and hyphens. Left blank, it is made."
)


class QuestionnaireField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """Questionnaires by the title of their newest version."""

    def label_from_instance(self, obj: Questionnaire) -> str:
        """The newest title, with the code."""
        versions = obj.versions.all()
        return f"{versions[0].localised_title} ({obj.code})" if versions else obj.code


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """Versions by their number."""

    def label_from_instance(self, obj: QuestionnaireVersion) -> str:
        """The number and title."""
        return f"{obj.number}: {obj.localised_title}"


class PreviousRoundField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """Rounds by their period."""

    def label_from_instance(self, obj: Round) -> str:
        """The period in the reader's language."""
        return obj.periods.get(get_language() or "vi", obj.period)


class DayField(forms.DateField):
    """A day, typed as 31/12/2026, in a year in which a survey can take place."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Day/month/year, for example 31/12/2026."))
        message = _("Give a year from 2000 to 2199.")
        limits = [MinValueValidator(FIRST_DAY, message), MaxValueValidator(LAST_DAY, message)]
        super().__init__(validators=limits, **options)
        self.widget.attrs.update({"autocomplete": "off", "size": "12"})


class PlainForm(forms.Form):
    """A form whose controls carry the classes of the components."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in.")
            field.widget.attrs["class"] = _look(field.widget)

    def full_clean(self) -> None:
        """Judge the fields; those that are refused look it."""
        super().full_clean()
        for name in set(self.errors) & set(self.fields):
            attrs = self.fields[name].widget.attrs
            # Fields that a form adds for itself may have no class.
            attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()


class RoundForm(PlainForm):
    """A new round of a campaign."""

    period = forms.CharField(
        label=_("Period"), max_length=60, help_text=_("As it is said: year 2026, quarter I 2027.")
    )
    reference_date = DayField(label=_("Reference date"))
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(
        label=_("Deadline"), help_text=_("Holds to 24:00 of this day, Viet Nam time.")
    )
    version = VersionField(
        label=_("Version of the questionnaire"),
        queryset=QuestionnaireVersion.objects.none(),
        empty_label=None,
    )
    previous = PreviousRoundField(
        label=_("Previous round"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Its answers are shown beside the new ones."),
    )
    code = forms.SlugField(
        label=_("Code"), max_length=CODE_LENGTH, required=False, help_text=CODE_HELP
    )

    def __init__(self, *args: Any, campaign: Campaign, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.today = campaign, today
        published = campaign.questionnaire.versions.filter(status=VersionStatus.PUBLISHED)
        rounds = campaign.rounds.order_by("-reference_date")
        offer(self, "version", published.defer("definition"))
        offer(self, "previous", rounds, initial=rounds.first())

    def clean_closes_on(self) -> date:
        """A new round is not late already."""
        closes_on: date = self.cleaned_data["closes_on"]
        if closes_on < self.today:
            raise forms.ValidationError(_("This day has passed."), code="passed")
        return closes_on

    def clean(self) -> dict[str, Any]:
        """The days are in order; a code is made from the period where none is given."""
        cleaned = super().clean() or self.cleaned_data
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            text = _("The deadline must not be before the opening day.")
            self.add_error("closes_on", forms.ValidationError(text, code="before_opening"))
        made = round_code(self.campaign.code, cleaned.get("period", ""))
        cleaned["code"] = cleaned.get("code") or made
        return cleaned


def form_problems(form: forms.Form) -> list[dict[str, str]]:
    """The form's errors as items of the error summary, each with the address of its field."""
    items = []
    for name, texts in form.errors.items():
        field = form[name] if name in form.fields else None
        said = f"{field.label}: " if field else ""
        place = f"#{field.id_for_label}" if field else ""
        items += [{"grade": "bad", "text": f"{said}{text}", "href": place} for text in texts]
    return items


def _look(widget: forms.Widget) -> str:
    """The component's class for a control."""
    match widget:
        case forms.CheckboxInput():
            return "form-check-input"
        case forms.Select():
            return "form-select"
        case _:
            return "form-control"


def offer(form: forms.Form, name: str, rows: Any, *, initial: Any = None) -> None:
    """Let a field choose among the rows."""
    form.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
    if initial is not None:
        form.fields[name].initial = initial
