"""What a designer types to write a campaign's letter."""

from dataclasses import fields
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.letters.enums import LetterFormat, SigningCapacity
from surveys.campaigns.letters.models import LetterText
from surveys.campaigns.letters.services import said_of
from surveys.campaigns.letters.wording import LetterTexts, misnamed

LONGEST: Final = 10_000
GROUPS: Final = {
    _("Head of the letter"): ["superior", "issuer", "number", "symbol", "place", "dated"],
    _("Words of the letter"): ["subject", "basis", "paragraphs", "deadline", "closing"],
    _("Signature block"): ["on_behalf_of", "capacity", "instead_of", "signer_title", "signer_name"],
    _("Recipients of copies"): ["copies", "archive"],
}


def _line(name: str, label: Any, *, needed: bool = False, help_text: Any = "") -> forms.CharField:
    column = LetterText._meta.get_field(name)
    assert isinstance(column, models.CharField), "what is one line is stored as one"
    longest = column.max_length
    return forms.CharField(label=label, max_length=longest, required=needed, help_text=help_text)


def _lines(label: Any, rows: int, *, needed: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=needed,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class LetterForm(PlainForm):
    """The texts of a campaign's letter."""

    superior = _line("superior", _("Superior body"))
    issuer = _line("issuer", _("Issuing body"), needed=True)
    number = _line(
        "number", _("Number of the letter"), help_text=_("Left blank, there is room to write it.")
    )
    symbol = _line("symbol", _("Symbol of the letter"), help_text=_("After the stroke: CĐSQG-CSS."))
    place = _line("place", _("Place of issue"), needed=True)
    dated = DayField(
        label=_("Date of the letter"),
        required=False,
        help_text=_("Left blank, there is room to write it."),
    )
    subject = _line("subject", _("Subject, after “V/v”"), needed=True)
    basis = _lines(_("Sentences on the legal basis"), 2, help_text=_("One sentence a line."))
    paragraphs = _lines(_("Paragraphs"), 6, needed=True, help_text=_("One paragraph a line."))
    deadline = _line("deadline", _("Sentence with the deadline"))
    closing = _line("closing", _("Last sentence"))
    on_behalf_of = _line(
        "on_behalf_of", _("TM. (on behalf of)"), help_text=_("Of a collective body only.")
    )
    capacity = forms.ChoiceField(
        label=_("Capacity of the signatory"),
        required=False,
        choices=[("", _("As the head")), *SigningCapacity.choices],
    )
    instead_of = _line("instead_of", _("For whom"), help_text=_("The title after KT., TL. or TUQ."))
    signer_title = _line("signer_title", _("Title of the signatory"), needed=True)
    signer_name = _line("signer_name", _("Name of the signatory"), needed=True)
    copies = _lines(_("Under “Nơi nhận”"), 3, help_text=_("One a line; “Lưu: VT” is added."))
    archive = _line("archive", _("Drafting unit and copies kept"))

    def clean(self) -> dict[str, Any]:
        """Names in braces are known ones; KT., TL. and TUQ. say for whom."""
        cleaned = super().clean() or self.cleaned_data
        for field, names in misnamed(self.texts()).items():
            for name in names:
                self.add_error(field, forms.ValidationError(said_of(name), code="unknown_name"))
        if bool(cleaned.get("capacity")) != bool(cleaned.get("instead_of")):
            text = _("Say for whom the signatory signs (KT. CỤC TRƯỞNG).")
            self.add_error("instead_of", forms.ValidationError(text, code="incomplete"))
        return cleaned

    def texts(self) -> LetterTexts:
        """What was typed, as far as it can be read."""
        names = [each.name for each in fields(LetterTexts)]
        return LetterTexts(
            **{name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS.items()]


class LettersForm(forms.Form):
    """Which letters as what kind of file."""

    format = forms.ChoiceField(choices=LetterFormat.choices)
    whole = forms.BooleanField(required=False)
    agency = forms.CharField(max_length=200, required=False)
