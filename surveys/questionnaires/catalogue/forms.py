"""What a person types about an indicator."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.engine import Indicator, read_number
from surveys.engine.scoring import Answer, ChoiceMap, Evidence, EvidenceMultiplier, Given, Rule
from surveys.engine.scoring import MultipleChoice as Several
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person, owners_of
from surveys.questionnaires.catalogue.enums import Direction
from surveys.questionnaires.catalogue.models import (
    BASIS_LENGTH,
    CODE_LENGTH,
    TARGET_LENGTH,
    CatalogueIndicator,
)
from surveys.questionnaires.forms import MAKERS

LANGUAGES: Final = ("vi", "en")
_DAY: Final = _("Day/month/year, for example 31/12/2026.")


class IndicatorForm(forms.Form):
    """Everything but the rule. The code and the owner stay once the indicator is there."""

    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Agency.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=CODE_LENGTH,
        help_text=_("Questions refer to it. It never changes."),
    )
    label_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=500)
    label_en = forms.CharField(label=_("Name in English"), max_length=500, required=False)
    unit_vi = forms.CharField(label=_("Unit in Vietnamese"), max_length=100, required=False)
    unit_en = forms.CharField(label=_("Unit in English"), max_length=100, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction)
    target = forms.CharField(label=_("Target"), max_length=TARGET_LENGTH, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=BASIS_LENGTH, required=False)
    valid_from = forms.DateField(label=_("Valid from"), required=False, help_text=_DAY)

    def __init__(
        self, *args: Any, user: Person, indicator: CatalogueIndicator | None, **kwargs: Any
    ) -> None:
        self._indicator = indicator
        kwargs["initial"] = _initial(indicator)
        super().__init__(*args, **kwargs)
        if indicator is not None:
            del self.fields["owner"], self.fields["code"]
        else:
            owners = Agency.objects.filter(pk__in=owners_of(user, *MAKERS))
            owner = self.fields["owner"]
            assert isinstance(owner, forms.ModelChoiceField)
            owner.queryset, owner.initial = owners, owners.first()
        for name, field in self.fields.items():
            is_list = name in {"owner", "direction"}
            field.widget.attrs["class"] = "form-select" if is_list else "form-control"

    def facts(self, scoring: str) -> Indicator:
        """What was typed, with the rule's text; other languages stay as they are."""
        typed = self.cleaned_data
        listed = self._indicator
        return Indicator(
            code=listed.code if listed else typed["code"],
            label=_texts(listed.label if listed else {}, typed, "label"),
            unit=_texts(listed.unit if listed else {}, typed, "unit"),
            direction=typed["direction"],
            target=typed["target"],
            legal_basis=typed["legal_basis"],
            scoring=scoring,
            valid_from=typed["valid_from"],
        )


class EvidenceState(TextChoices):
    """How far a tried answer is backed."""

    NONE = Evidence.NONE.value, _("No evidence")
    GIVEN = Evidence.GIVEN.value, _("Evidence given")
    VERIFIED = Evidence.VERIFIED.value, _("Evidence verified")


class TryForm(forms.Form):
    """An answer to try a rule with."""

    value = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=500,
    )
    base = forms.CharField(label=_("Question below the line"), required=False, max_length=40)
    evidence = forms.ChoiceField(label=_("Evidence"), choices=EvidenceState, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = "try"
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "evidence" else "form-control"

    def given(self, rule: Rule) -> Given:
        """What was typed, read as the rule wants it."""
        typed = self.cleaned_data
        inner = rule.rule if isinstance(rule, EvidenceMultiplier) else rule
        text: str = typed["value"].strip()
        value: Answer = text or None
        if isinstance(inner, Several):
            value = tuple(filter(None, (code.strip() for code in text.split(",")))) or None
        elif not isinstance(inner, ChoiceMap):
            value = _number(text)
        evidence = Evidence(typed["evidence"] or Evidence.NONE)
        return Given(value, _number(typed["base"]), evidence=evidence)


class RetireForm(forms.Form):
    """The last day of an indicator."""

    last_day = forms.DateField(label=_("Last day"), help_text=_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].widget.attrs["class"] = "form-control"


def _initial(indicator: CatalogueIndicator | None) -> dict[str, Any]:
    if indicator is None:
        return {}
    names = ("direction", "target", "legal_basis", "valid_from")
    texts = {
        f"{name}_{language}": getattr(indicator, name).get(language, "")
        for name in ("label", "unit")
        for language in LANGUAGES
    }
    return texts | {name: getattr(indicator, name) for name in names}


def _texts(known: Mapping[str, str], typed: Mapping[str, Any], name: str) -> dict[str, str]:
    new = {language: typed[f"{name}_{language}"] for language in LANGUAGES}
    others = {language: text for language, text in known.items() if language not in LANGUAGES}
    return {language: text for language, text in {**new, **others}.items() if text}


def _number(text: str) -> Decimal | None:
    return read_number(text, language=get_language() or "vi") if text.strip() else None
