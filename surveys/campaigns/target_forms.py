"""What a person types to say whom a campaign asks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.campaigns import queries
from surveys.campaigns.forms import PlainForm
from surveys.campaigns.queries.targets import BY_PROVINCE, BY_TYPE
from surveys.campaigns.targets import Sample, TargetRule
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.organisations.people_files import PeopleFileUnreadable, lines_of

MOST_CODES: Final = 20_000
SEPARATORS: Final = re.compile(r"[\s,;]+")


ATTRIBUTES: Final[Mapping[str, str | Promise]] = {
    "kind": gettext_lazy("Kind of place"),
    "size": gettext_lazy("Size"),
    "sector": gettext_lazy("Sector"),
    "area": gettext_lazy("Area"),
    "city": gettext_lazy("City"),
    "province": gettext_lazy("Province (kind)"),
    "ward": gettext_lazy("Ward"),
    "commune": gettext_lazy("Commune (kind)"),
    "special_zone": gettext_lazy("Special zone"),
}
"""Attributes and values that have words; others are shown as they are stored."""


class CodesField(forms.CharField):
    """Codes or keys of agencies, one a line; becomes the lines."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}))
        super().__init__(required=False, max_length=2_000_000, **options)

    def clean(self, value: Any) -> Any:
        """The codes in the order typed."""
        return [code for code in SEPARATORS.split(super().clean(value)) if code]


class CodesForm(PlainForm):
    """A form in which agencies are named by code, typed or in a file."""

    def named(self, name: str, codes: Sequence[str]) -> list[str]:
        """The keys of the agencies; codes that name none are refused with their places."""
        if len(codes) > MOST_CODES:
            text = _("At most %(most)s codes at once.") % {"most": MOST_CODES}
            raise forms.ValidationError(text, code="too_many")
        keys, unknown = queries.agencies_named(codes)
        if unknown:
            shown = "; ".join(f"{number}: {code}" for number, code in unknown[:10])
            text = _("No agency of today has these codes (number: code): %(codes)s") % {
                "codes": shown if len(unknown) <= 10 else f"{shown}; … ({len(unknown)})"
            }
            raise forms.ValidationError(text, code="unknown", params={"field": name})
        return keys


class TargetForm(CodesForm):
    """A target rule."""

    types = forms.MultipleChoiceField(
        label=gettext_lazy("Types"),
        choices=AgencyType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    under = forms.MultipleChoiceField(
        label=gettext_lazy("Only below"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also = CodesField(
        label=gettext_lazy("These in any case"),
        help_text=gettext_lazy("Codes of agencies, parted by blanks, commas or new lines."),
    )
    also_file = forms.FileField(
        label=gettext_lazy("Or a list as a file"),
        required=False,
        help_text=gettext_lazy("Excel or CSV; the codes stand in the first column."),
    )
    without = CodesField(label=gettext_lazy("These never"))
    samples = forms.BooleanField(label=gettext_lazy("Draw a random sample"), required=False)
    size = forms.IntegerField(
        label=gettext_lazy("How many agencies"), required=False, min_value=1, max_value=1_000_000
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("The same seed draws the same agencies again."),
    )
    by = forms.MultipleChoiceField(
        label=gettext_lazy("In proportion to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, rule: TargetRule, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"initial": _typed(rule)}))
        self.attributes = queries.attribute_values()
        tops = Agency.objects.of_types([AgencyType.PROVINCE, AgencyType.MINISTRY])
        # A rule may name what was dissolved since; it is kept until somebody takes it out.
        kept = Agency.ever.filter(key__in=rule.under)
        _offer(self, "under", [(each.key, str(each)) for each in (tops | kept).distinct()])
        fields = [(BY_PROVINCE, _("Province")), (BY_TYPE, _("Type"))]
        _offer(self, "by", [*fields, *((name, _word(name)) for name in self.attributes)])
        for name, values in self.attributes.items():
            self.fields[f"attribute_{name}"] = forms.MultipleChoiceField(
                label=_word(name),
                choices=[(value, _word(value)) for value in values],
                required=False,
                initial=rule.attributes.get(name, ()),
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def attribute_fields(self) -> list[forms.BoundField]:
        """The fields of the attributes."""
        return [self[f"attribute_{name}"] for name in self.attributes]

    def clean_also(self) -> list[str]:
        """The keys that are named."""
        return self.named("also", self.cleaned_data["also"])

    def clean_without(self) -> list[str]:
        """The keys that are named."""
        return self.named("without", self.cleaned_data["without"])

    def clean_also_file(self) -> list[str]:
        """The keys that the file's first column names; its first line may be a heading."""
        uploaded = self.cleaned_data["also_file"]
        if not uploaded:
            return []
        try:
            lines = lines_of(uploaded.read(), uploaded.name)
        except PeopleFileUnreadable as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        codes = [line[0].strip() for line in lines if line and line[0].strip()]
        if codes and queries.agencies_named(codes[:1])[1]:
            codes = codes[1:]
        return self.named("also_file", codes)

    def clean(self) -> dict[str, Any]:
        """A sample has a size; somebody is asked."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("samples") and not cleaned.get("size") and "size" not in self.errors:
            self.add_error("size", _("Say how many agencies are drawn: at least one."))
        named = cleaned.get("also") or cleaned.get("also_file")
        if not self.errors and not cleaned.get("types") and not named:
            self.add_error("types", _("Choose at least one type of agency, or name agencies."))
        return cleaned

    def rule(self) -> TargetRule:
        """The rule that was typed."""
        given = self.cleaned_data
        attributes = {
            name: tuple(given[f"attribute_{name}"])
            for name in self.attributes
            if given.get(f"attribute_{name}")
        }
        sample = Sample(given["size"], given.get("seed") or 0, tuple(given["by"]))
        return TargetRule(
            types=tuple(given["types"]),
            under=tuple(given["under"]),
            attributes=attributes,
            sample=sample if given["samples"] else None,
            also=tuple(dict.fromkeys([*given["also"], *given["also_file"]])),
            without=tuple(given["without"]),
        )


class AskedForm(CodesForm):
    """Agencies that are asked later in an open round, or no longer."""

    ADD, REMOVE = "add", "remove"

    act = forms.ChoiceField(choices=[(ADD, ADD), (REMOVE, REMOVE)])
    codes = CodesField(
        label=gettext_lazy("Agencies"),
        help_text=gettext_lazy("Codes of agencies, parted by blanks, commas or new lines."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def clean_codes(self) -> list[str]:
        """The keys that are named, at least one."""
        keys = self.named("codes", self.cleaned_data["codes"])
        if not keys:
            raise forms.ValidationError(_("Name at least one agency."), code="required")
        return keys


def _typed(rule: TargetRule) -> Mapping[str, Any]:
    sample = rule.sample
    return {
        "types": list(rule.types),
        "under": list(rule.under),
        "also": "\n".join(rule.also),
        "without": "\n".join(rule.without),
        "samples": sample is not None,
        "size": sample.size if sample else None,
        "seed": sample.seed if sample else None,
        "by": list(sample.by) if sample else [],
    }


def _word(name: str) -> str:
    return str(ATTRIBUTES.get(name, name))


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
