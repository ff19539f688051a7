"""What a designer types to word the mails, to plan reminders and to send a mail again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import MailKind
from surveys.campaigns.forms import PlainForm
from surveys.campaigns.reminding import MOST_DAYS, Addressee, PlanUnfit, ReminderStep, fit_plan
from surveys.campaigns.wording import LANGUAGES, Words, problems_of

BODY_LENGTH: Final = 10_000
SPARE_ROWS: Final = 2
BEFORE, AFTER = "before", "after"
SIDES: Final = [(BEFORE, _("before the deadline")), (AFTER, _("after the deadline"))]
ADDRESSEES: Final = [
    (Addressee.COORDINATOR, _("coordinators")),
    (Addressee.SIGNATORY, _("signatories")),
    (Addressee.SUPERIOR, _("superior agency")),
]


class WordsForm(PlainForm):
    """Subject and body of a kind of mail, in both languages."""

    subject_vi = forms.CharField(label=_("Subject in Vietnamese"), max_length=200)
    body_vi = forms.CharField(
        label=_("Text in Vietnamese"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    subject_en = forms.CharField(label=_("Subject in English"), max_length=200)
    body_en = forms.CharField(
        label=_("Text in English"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    agency = forms.CharField(
        label=_("Preview for the agency"),
        required=False,
        max_length=100,
        help_text=_("Part of its name; left blank, the first one of the round."),
    )

    def __init__(self, *args: Any, kind: MailKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for language in LANGUAGES:
            for part in ("subject", "body"):
                self.fields[f"{part}_{language}"].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        """Every problem stands at its field, with line and character."""
        cleaned = super().clean() or self.cleaned_data
        for language, words in self.words().items():
            for problem in problems_of(words, self.kind):
                field = f"{problem.place}_{language}"
                if problem.code != "words_empty" and field not in self.errors:
                    self.add_error(field, forms.ValidationError(str(problem), code=problem.code))
        return cleaned

    def words(self) -> dict[str, Words]:
        """What was typed, by language."""
        given = {name: self.data.get(name, "").replace("\r\n", "\n") for name in self.fields}
        return {
            language: Words(given[f"subject_{language}"], given[f"body_{language}"])
            for language in LANGUAGES
        }


class PlanForm(PlainForm):
    """The reminders, one row each; a row without days is left out."""

    def __init__(self, *args: Any, plan: Sequence[ReminderStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = len(plan) + SPARE_ROWS
        for row in range(self.number):
            step = plan[row] if row < len(plan) else None
            self.fields |= _row(row, step)
        for name, field in self.fields.items():
            small = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs |= {"class": f"{small} form-control-sm", "id": f"id_{name}"}

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """Days, side and addressee of each row."""
        for row in range(self.number):
            yield self[f"days_{row}"], self[f"side_{row}"], self[f"to_{row}"]

    def clean(self) -> dict[str, Any]:
        """The plan as a whole is one that can be."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.plan = fit_plan(self._steps(cleaned))
            except PlanUnfit as refusal:
                self.add_error(None, forms.ValidationError(str(refusal), code=refusal.code))
        return cleaned

    def _steps(self, given: Mapping[str, Any]) -> Iterator[ReminderStep]:
        for row in range(self.number):
            days = given[f"days_{row}"]
            if days is not None:
                sign = -1 if given[f"side_{row}"] == BEFORE else 1
                yield ReminderStep(sign * days, Addressee(given[f"to_{row}"]))


class AgainForm(forms.Form):
    """To which address a mail is sent again."""

    address = forms.CharField(max_length=254)


def _row(number: int, step: ReminderStep | None) -> dict[str, forms.Field]:
    days = abs(step.days) if step else None
    side = AFTER if step and step.days > 0 else BEFORE
    return {
        f"days_{number}": forms.IntegerField(
            label=_("Number of days"),
            required=False,
            min_value=0,
            max_value=MOST_DAYS,
            initial=days,
        ),
        f"side_{number}": forms.ChoiceField(label=_("When"), choices=SIDES, initial=side),
        f"to_{number}": forms.ChoiceField(
            label=_("To whom"),
            choices=ADDRESSEES,
            initial=step.to if step else Addressee.COORDINATOR,
        ),
    }
