"""What a campaign is made of, and what of it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext_lazy as _

from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.enums import Anonymity, SignatureKind
from surveys.campaigns.models import Campaign, CampaignVariant
from surveys.campaigns.planning import Plan, dated
from surveys.campaigns.signing_off import SignOffStep
from surveys.campaigns.targets import TargetRule
from surveys.common.errors import DomainError
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import has_role
from surveys.questionnaires.models import Questionnaire


class LegalBasisMissing(DomainError):
    """Nobody is asked without a legal basis."""

    code = "legal_basis_missing"
    message = _(
        "Say on which legal basis the agencies are asked: number, date, issuer and abstract of the "
        "document."
    )


class TargetTypesMissing(DomainError):
    """A campaign asks at least one type of agency, and only types there are."""

    code = "target_types_missing"
    message = _("Choose at least one type of agency.")


class ManagerOfAnotherOwner(DomainError):
    """Whoever is in charge has a role within the owner."""

    code = "manager_of_another_owner"
    message = _("The person in charge must have a role within the owner.")


class VariantTypeTwice(DomainError):
    """Each type of agency is asked one questionnaire."""

    code = "variant_type_twice"
    message = _("A type of agency is asked one questionnaire. Take it out of the others.")


class VariantOfItself(DomainError):
    """A variant is another questionnaire than the campaign's own, and one of the owner's."""

    code = "variant_of_itself"
    message = _("A variant is another questionnaire of the same owner.")


@dataclass(frozen=True, slots=True)
class Variant:
    """Another questionnaire for some types of agency."""

    questionnaire: Questionnaire
    types: tuple[str, ...]


class CampaignOptions(TypedDict, total=False):
    """What need not be said. Without a ``plan``, rounds are made by hand."""

    title_en: str
    purpose: str
    manager: User | None
    plan: Plan | None
    sign_off: Sequence[SignOffStep]
    signature: SignatureKind
    verifies: bool
    anonymity: Anonymity
    retention_months: int | None
    variants: Sequence[Variant]


class CampaignDetails(CampaignOptions):
    """What a campaign is made of."""

    code: str
    questionnaire: Questionnaire
    owner: Agency
    title: str
    basis: LegalBasis
    targets: TargetRule


class CampaignChanges(CampaignOptions, total=False):
    """What of a campaign changes."""

    questionnaire: Questionnaire
    title: str
    basis: LegalBasis
    targets: TargetRule


def refuse_details(
    details: CampaignDetails | CampaignChanges, *, owner: Agency, questionnaire: Questionnaire
) -> None:
    """Raise what forbids a campaign of the owner, asking the questionnaire, to have these details:
    LegalBasisMissing, TargetTypesMissing, ManagerOfAnotherOwner, VariantTypeTwice,
    VariantOfItself, PlanImpossible or RuleInvalid."""
    if "basis" in details and not details["basis"].is_complete:
        raise LegalBasisMissing
    if "targets" in details:
        _refuse_targets(details["targets"])
    manager = details.get("manager")
    if manager is not None and not has_role(manager, owner):
        raise ManagerOfAnotherOwner
    if plan := details.get("plan"):
        dated(plan)
    _refuse_variants(details.get("variants", ()), owner=owner, main=questionnaire)


def columns(details: CampaignDetails | CampaignChanges) -> dict[str, Any]:
    """The details as columns of a campaign, variants apart; what is not given is left out."""
    plain = (
        *("title", "title_en", "purpose", "manager", "signature", "verifies", "anonymity"),
        "retention_months",
    )
    found: dict[str, Any] = {name: value for name, value in details.items() if name in plain}
    if "questionnaire" in details:
        found["questionnaire"] = details["questionnaire"]
    if "basis" in details:
        found |= _basis(details["basis"])
    if "targets" in details:
        found["targets"] = details["targets"].as_json()
    if "sign_off" in details:
        found["sign_off"] = [step.as_json() for step in details["sign_off"]]
    if "plan" in details:
        found |= _plan(details["plan"])
    return found


def set_variants(campaign: Campaign, variants: Sequence[Variant]) -> None:
    """Replace the campaign's variants; those without a type are left out."""
    campaign.variants.all().delete()
    CampaignVariant.objects.bulk_create(
        [
            CampaignVariant(
                campaign=campaign, questionnaire=each.questionnaire, types=list(each.types)
            )
            for each in variants
            if each.types
        ]
    )


def _refuse_targets(targets: TargetRule) -> None:
    if not (targets.types or targets.also) or not set(targets.types) <= set(AgencyType.values):
        raise TargetTypesMissing(given=targets.types)


def _refuse_variants(variants: Sequence[Variant], *, owner: Agency, main: Questionnaire) -> None:
    asked = [each.questionnaire.pk for each in variants]
    if main.pk in asked or any(each.questionnaire.owner_id != owner.pk for each in variants):
        raise VariantOfItself
    types = [kind for each in variants for kind in each.types]
    if not set(types) <= set(AgencyType.values):
        raise TargetTypesMissing(given=types)
    if len(set(types)) < len(types) or len(set(asked)) < len(asked):
        raise VariantTypeTwice


def _basis(basis: LegalBasis) -> dict[str, Any]:
    return {
        "basis_number": basis.number.strip(),
        "basis_on": basis.issued_on,
        "basis_issuer": basis.issuer.strip(),
        "basis_abstract": basis.abstract.strip(),
    }


def _plan(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"first_cutoff": None}
    return {
        "period": plan.period,
        "rrule": plan.rrule.strip(),
        "first_cutoff": plan.first_cutoff,
        "opens_after_days": plan.opens_after_days,
        "answer_days": plan.answer_days,
        "grace_days": plan.grace_days,
    }
