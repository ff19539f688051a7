"""What a person types to make or change a campaign, in the parts that the page shows."""

import re
from typing import Any, Final

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.codes import CODE_LENGTH, as_code
from surveys.campaigns.enums import Anonymity, Period, SignatureKind
from surveys.campaigns.forms import CODE_HELP, DayField, PlainForm, QuestionnaireField, offer
from surveys.campaigns.models import Campaign
from surveys.campaigns.planning import MOST_DAYS, Plan, RuleInvalid, dated, planned_rounds
from surveys.campaigns.services import CampaignChanges, CampaignDetails, Variant
from surveys.campaigns.targets import TargetRule
from surveys.common.trust_list import has_trust_list
from surveys.organisations.enums import AgencyType, DepartmentRoleName
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import Person, owners_of
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

STEERING: Final = (DepartmentRoleName.DESIGNER, DepartmentRoleName.ADMINISTRATOR)
LEAST_VARIANTS: Final = 2
MOST_VARIANTS: Final = len(AgencyType)
VARIANT: Final = re.compile(r"variant_(\d+)")
MOST_MONTHS: Final = 600


class PlanForm(PlainForm):
    """When a campaign asks; without a first cut-off its rounds are made by hand."""

    period = forms.ChoiceField(label=_("How often"), choices=Period.choices, initial=Period.YEARLY)
    rrule = forms.CharField(
        label=_("Rule of recurrence"),
        max_length=300,
        required=False,
        help_text=_("For a rule of its own only, as in RFC 5545: FREQ=MONTHLY;BYMONTHDAY=15."),
    )
    first_cutoff = DayField(
        label=_("First data cut-off"),
        required=False,
        help_text=_("Day/month/year. Left blank, rounds are made by hand."),
    )
    opens_after_days = forms.IntegerField(
        label=_("Opens so many days after the cut-off"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        initial=1,
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer"), min_value=1, max_value=MOST_DAYS, initial=30
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace after the deadline"), min_value=0, max_value=MOST_DAYS, initial=0
    )

    def clean(self) -> dict[str, Any]:
        """The plan can be followed: a rule that cannot says where it is wrong."""
        cleaned = super().clean() or self.cleaned_data
        plan = self.plan()
        try:
            if plan is not None:
                dated(plan)
                planned_rounds(plan, due_from=plan.first_cutoff, most=1)
        except RuleInvalid as refusal:
            self.add_error("rrule", forms.ValidationError(str(refusal), code=refusal.code))
        return cleaned

    def plan(self) -> Plan | None:
        """The plan as typed; nothing without a first cut-off, or while a number is missing."""
        given = self.cleaned_data
        needed = ("period", "first_cutoff", "opens_after_days", "answer_days", "grace_days")
        if any(given.get(name) is None for name in needed):
            return None
        return Plan(
            period=Period(given["period"]),
            first_cutoff=given["first_cutoff"],
            rrule=given.get("rrule", "") if given["period"] == Period.CUSTOM else "",
            opens_after_days=given["opens_after_days"],
            answer_days=given["answer_days"],
            grace_days=given["grace_days"],
        )


class CampaignForm(PlanForm):
    """A campaign of one of the person's owners; an existing one keeps owner, code and targets here."""

    title = forms.CharField(label=_("Title"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the answers will be used for; the agencies read it."),
    )
    basis_number = forms.CharField(
        label=_("Legal basis: number and symbol"),
        max_length=300,
        help_text=_("The document by which the agencies are asked: Quyết định 1690/QĐ-TTg."),
    )
    basis_on = DayField(label=_("Date of the document"))
    basis_issuer = forms.CharField(label=_("Issued by"), max_length=200)
    basis_abstract = forms.CharField(label=_("Abstract of the document"), max_length=500)
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Agency.objects.none(), empty_label=None
    )
    manager = forms.ModelChoiceField(
        label=_("Person in charge"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Whoever creates the campaign"),
    )
    questionnaire = QuestionnaireField(
        label=_("Questionnaire"),
        queryset=Questionnaire.objects.none(),
        empty_label=_("Choose a questionnaire"),
    )
    target_types = forms.MultipleChoiceField(
        label=_("Who must answer"),
        choices=AgencyType.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    drops_plan = forms.BooleanField(
        label=_("Yes, drop the plan; rounds are made by hand from now on"), required=False
    )
    signature = forms.ChoiceField(
        label=_("How the agency signs"),
        choices=SignatureKind.choices,
        initial=SignatureKind.SIMPLE,
        help_text=_(
            "In the system: the signatory signs in and presses a button. With a digital certificate: "
            "the signatory uploads the PDF of the answers, signed with the agency's certificate. "
            "Rounds that are open keep what they were opened with."
        ),
    )
    verifies = forms.BooleanField(
        label=_("The department verifies what was submitted"), required=False, initial=True
    )
    anonymity = forms.ChoiceField(
        label=_("Whose answers are shown"),
        choices=Anonymity.choices,
        initial=Anonymity.IDENTIFIED,
        help_text=_("Of confidential answers the department sees totals only."),
    )
    retention_months = forms.IntegerField(
        label=_("Personal data are kept for so many months after closing"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text=_("Left blank, they are kept."),
    )
    code = forms.SlugField(
        label=_("Code"), max_length=CODE_LENGTH, required=False, help_text=CODE_HELP
    )

    def __init__(
        self, *args: Any, user: Person, campaign: Campaign | None = None, **kwargs: Any
    ) -> None:
        if campaign is not None:
            kwargs["initial"] = _initial(campaign) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        owners = [campaign.owner_id] if campaign else owners_of(user, *STEERING)
        newest = Prefetch("versions", QuestionnaireVersion.objects.defer("definition"))
        questionnaires = Questionnaire.objects.owned_by(owners).prefetch_related(newest)
        self._add_variants(questionnaires, campaign)
        people = User.objects.filter(department_roles__owner__in=owners, is_active=True)
        offer(self, "manager", people.distinct().order_by("full_name"))
        offer(self, "questionnaire", questionnaires)
        own = Agency.objects.filter(pk__in=owners)
        offer(self, "owner", own, initial=owners[0] if len(owners) == 1 else None)
        if campaign is not None:
            self.fields["manager"].empty_label = _("None")  # type: ignore[attr-defined]  # a ModelChoiceField
            for name in ("owner", "code", "target_types"):
                del self.fields[name]

    def lacks_trust_list(self) -> bool:
        """Whether nothing here can verify a digital signature, which people should know who choose."""
        return not has_trust_list()

    def clean(self) -> dict[str, Any]:
        """A code is made from the title where none is given; nothing that stood is lost unasked."""
        cleaned = super().clean()
        self._refuse_losing_plan(cleaned)
        self._refuse_half_variants(cleaned)
        if "code" in self.fields:
            cleaned["code"] = cleaned.get("code") or as_code(cleaned.get("title", ""))
        return cleaned

    def changes(self) -> CampaignChanges:
        """What the service changes of an existing campaign."""
        given = self.cleaned_data
        return {
            "questionnaire": given["questionnaire"],
            "title": given["title"],
            "title_en": given["title_en"],
            "purpose": given["purpose"],
            "basis": LegalBasis(
                number=given["basis_number"],
                issued_on=given["basis_on"],
                issuer=given["basis_issuer"],
                abstract=given["basis_abstract"],
            ),
            "manager": given["manager"],
            "plan": self.plan(),
            "signature": SignatureKind(given["signature"]),
            "verifies": given["verifies"],
            "anonymity": Anonymity(given["anonymity"]),
            "retention_months": given["retention_months"],
            "variants": self._variants(),
        }

    def details(self, actor: User) -> CampaignDetails:
        """What the service makes of it; whoever makes it is in charge unless another is chosen."""
        given, changes = self.cleaned_data, self.changes()
        return {
            "code": given["code"],
            "questionnaire": given["questionnaire"],
            "owner": given["owner"],
            "title": given["title"],
            "title_en": given["title_en"],
            "purpose": given["purpose"],
            "basis": changes["basis"],
            "targets": TargetRule(types=tuple(given["target_types"])),
            "manager": given["manager"] or actor,
            "plan": changes["plan"],
            "signature": changes["signature"],
            "verifies": given["verifies"],
            "anonymity": changes["anonymity"],
            "retention_months": given["retention_months"],
            "variants": changes["variants"],
        }

    def variant_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The questionnaire and the types of each variant."""
        return [(self[f"variant_{n}"], self[f"variant_{n}_types"]) for n in self.variants]

    @property
    def shows_variants(self) -> bool:
        """Whether a variant is chosen or something about one is wrong."""
        fields = [field for pair in self.variant_fields() for field in pair]
        return any(field.value() or field.errors for field in fields)

    @property
    def asks_to_drop(self) -> bool:
        """Whether the plan is about to be lost, so that its loss must be confirmed."""
        return self.has_error("first_cutoff", "plan_lost") or bool(self["drops_plan"].value())

    def _refuse_losing_plan(self, given: dict[str, Any]) -> None:
        planned = self.campaign is not None and self.campaign.plan is not None
        cleared = "first_cutoff" in given and given["first_cutoff"] is None
        if planned and cleared and not given.get("drops_plan"):
            lost = _(
                "Without a first cut-off the campaign loses its plan, and planned rounds that nobody "
                "has changed are deleted. Tick below that you want this, or give the day again."
            )
            self.add_error("first_cutoff", forms.ValidationError(lost, code="plan_lost"))

    def _refuse_half_variants(self, given: dict[str, Any]) -> None:
        for n in self.variants:
            questionnaire, types = given.get(f"variant_{n}"), given.get(f"variant_{n}_types")
            if questionnaire and not types:
                missing = _("Choose the types of agency that are asked this questionnaire.")
                self.add_error(f"variant_{n}_types", missing)
            if types and not questionnaire and not self.has_error(f"variant_{n}"):
                self.add_error(f"variant_{n}", _("Choose the questionnaire for these types."))

    def _add_variants(self, questionnaires: Any, campaign: Campaign | None) -> None:
        stored = list(campaign.variants.order_by("pk")) if campaign else []
        typed = [int(found[1]) for name in self.data if (found := VARIANT.fullmatch(name))]
        wanted = max([LEAST_VARIANTS, len(stored) + 1, *typed])
        self.variants = range(1, min(wanted, MOST_VARIANTS) + 1)
        for number in self.variants:
            known = stored[number - 1] if number <= len(stored) else None
            chosen = QuestionnaireField(
                label=_("Another questionnaire"),
                queryset=questionnaires,
                required=False,
                empty_label=_("None"),
                initial=known.questionnaire_id if known else None,
            )
            chosen.widget.attrs["class"] = "form-select"
            self.fields[f"variant_{number}"] = chosen
            self.fields[f"variant_{number}_types"] = forms.MultipleChoiceField(
                label=_("For these types of agency"),
                choices=AgencyType.choices,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                required=False,
                initial=known.types if known else [],
            )

    def _variants(self) -> list[Variant]:
        given = self.cleaned_data
        return [
            Variant(given[f"variant_{n}"], tuple(given[f"variant_{n}_types"]))
            for n in self.variants
            if given.get(f"variant_{n}")
        ]


def _initial(campaign: Campaign) -> dict[str, Any]:
    """The campaign as its form shows it."""
    plain = (
        *("title", "title_en", "purpose", "basis_number", "basis_on", "basis_issuer"),
        *(
            "basis_abstract",
            "signature",
            "verifies",
            "anonymity",
            "retention_months",
            "period",
            "rrule",
        ),
        *("first_cutoff", "opens_after_days", "answer_days", "grace_days"),
    )
    chosen = {"manager": campaign.manager_id, "questionnaire": campaign.questionnaire_id}
    return {name: getattr(campaign, name) for name in plain} | chosen
