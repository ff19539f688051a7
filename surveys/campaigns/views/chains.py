"""The sign-off chain of a campaign, as a picture and as steps to change."""

from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.campaigns import pages, services
from surveys.campaigns.models import Campaign
from surveys.campaigns.signing_off import (
    MOST_STEPS,
    SignOffStep,
    StepAct,
    StepPlace,
    chain_of,
)
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import User

REVIEWER: Final = MembershipRole.REVIEWER.value
SIGNATORY: Final = MembershipRole.SIGNATORY.value

WHO: Final = {
    "agency-reviewer": gettext_lazy("The agency's reviewer approves"),
    "agency-signatory": gettext_lazy("The agency's signatory approves"),
    "agency-sign": gettext_lazy("The agency's signatory signs"),
    "superior-reviewer": gettext_lazy("The superior agency's reviewer approves"),
    "superior-signatory": gettext_lazy("The superior agency's signatory approves"),
}
"""What happens at a step, by place and role."""


class SignOffChainView(PermissionMixin, TemplateView):
    """The chain of a campaign: steps are added, removed and moved on the page, then saved."""

    permission_required = Permission.CAMPAIGN_SET_SIGN_OFF
    template_name = "campaigns/sign_off.html"

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, if the person may see it."""
        visible = Campaign.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        return self.campaign

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chain = kwargs.pop("chain", None) or chain_of(self.campaign.sign_off)
        return super().get_context_data(
            campaign=self.campaign,
            title=pages.title_of(self.campaign),
            crumbs=pages.campaign_crumbs(self.campaign, _("Sign-off chain")),
            steps=[{"step": step, "who": who_of(step)} for step in chain],
            picture=picture(chain, self.request.LANGUAGE_CODE),
            who=WHO,
            may_repeat=all(step.may_repeat for step in chain),
            may_add=len(chain) < MOST_STEPS,
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save the chain, or show it with a step added, removed or moved."""
        chain = _typed(request)
        act, _colon, number = request.POST.get("act", "save").partition(":")
        if act != "save":
            chain = _changed(
                chain, act, int(number) if number.isdecimal() and len(number) < 3 else 0
            )
            return self.render_to_response(self.get_context_data(chain=chain, is_changed=True))
        assert isinstance(request.user, User)
        try:
            services.set_sign_off(self.campaign, chain, actor=request.user, at=self.at)
        except DomainError as refusal:
            context = self.get_context_data(chain=chain, problem=str(refusal))
            return self.render_to_response(context, status=422)
        messages.success(request, _("The sign-off chain is saved. Open rounds keep theirs."))
        return redirect("campaign_sign_off", code=self.campaign.code)


def who_of(step: SignOffStep) -> str:
    """What happens at a step, as one of ``WHO``."""
    if step.act is StepAct.SIGN:
        return "agency-sign"
    return f"{step.place.value}-{step.role}"


def picture(chain: tuple[SignOffStep, ...], language: str) -> list[dict[str, str]]:
    """The chain for the component that draws it."""
    filled = {"label": _("Fill in and review"), "sub": _("Coordinator"), "state": ""}
    steps = []
    for step in chain:
        who, title = str(WHO[who_of(step)]), step.title.get(language) or step.title.get("vi")
        steps.append({"label": title or who, "sub": who if title else "", "state": ""})
    return [filled, *steps, {"label": _("Receipt"), "sub": "", "state": ""}]


def _typed(request: HttpRequest) -> tuple[SignOffStep, ...]:
    """The steps as they stand on the page."""
    # No database keeps a NUL in JSON.
    given = {
        name: [text.replace("\0", "") for text in texts] for name, texts in request.POST.lists()
    }
    repeats = "may_repeat" in given
    columns = (given.get(name, []) for name in ("key", "who", "title_vi", "title_en"))
    steps = []
    for key, who, title_vi, title_en in list(zip(*columns, strict=False))[: MOST_STEPS + 1]:
        place, _dash, role = (who if who in WHO else "agency-reviewer").partition("-")
        titles = {"vi": title_vi.strip()[:120], "en": title_en.strip()[:120]}
        steps.append(
            SignOffStep(
                key=key[:60],
                role=SIGNATORY if role == "sign" else role,
                act=StepAct.SIGN if role == "sign" else StepAct.APPROVE,
                place=StepPlace(place),
                title={language: text for language, text in titles.items() if text},
                may_repeat=repeats,
            )
        )
    return tuple(steps)


def _changed(chain: tuple[SignOffStep, ...], act: str, index: int) -> tuple[SignOffStep, ...]:
    steps = list(chain)
    if act == "add" and len(steps) < MOST_STEPS:
        free = next(n for n in range(1, MOST_STEPS + 2) if f"step-{n}" not in _keys(steps))
        repeats = bool(steps) and steps[0].may_repeat
        steps.insert(0, replace(SignOffStep(f"step-{free}", REVIEWER), may_repeat=repeats))
    elif act == "remove" and 0 <= index < len(steps) > 1:
        del steps[index]
    elif act in {"up", "down"}:
        other = index + (1 if act == "down" else -1)
        if 0 <= index < len(steps) and 0 <= other < len(steps):
            steps[index], steps[other] = steps[other], steps[index]
    return tuple(steps)


def _keys(steps: list[SignOffStep]) -> set[str]:
    return {step.key for step in steps}
