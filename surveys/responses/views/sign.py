"""The pages on which somebody decides: approve or sign at the step that waits, or return."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.campaigns.enums import SignatureKind
from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import SignOffStep, StepAct
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.trust_list import has_trust_list
from surveys.organisations.enums import Capacity
from surveys.organisations.models import Membership
from surveys.organisations.rules import substitutions
from surveys.responses import services
from surveys.responses.forms import ReturnForm
from surveys.responses.models import ResponseRevision
from surveys.responses.services import Authority, Verdict
from surveys.responses.signatures.queries import HandedIn, last_handed_in
from surveys.responses.signoff.authority import of_membership, of_substitution
from surveys.responses.signoff.forms import TYPED, AuthorityForm
from surveys.responses.signoff.queries import revision_in_question
from surveys.responses.signoff.turns import agency_of, may_act, waiting_step
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.chain import sign_off_chain, step_title
from surveys.responses.views.comparing import compared_with_returned
from surveys.responses.views.key_facts import (
    all_figures,
    evidence_pieces,
    explanations,
    key_figures,
)
from surveys.responses.views.returning import return_choices
from surveys.responses.workflow import SIGNED

DIFFERENCES: Final = 8


class Decision(AssignmentMixin, TemplateView):
    """One screen for whoever's step waits: key figures, differences, explanations; POST decides."""

    template_name = "responses/sign.html"
    act: ClassVar[StepAct]
    done_message: ClassVar[str | Promise]
    said_on_page: ClassVar[tuple[type[DomainError], ...]] = (
        services.AuthorityUnproved,
        services.ReservationEmpty,
    )
    """The refusals after which the page comes back as it was sent."""

    def decide(self, authority: Authority) -> None:
        """Call the service; raises what it raises."""
        raise NotImplementedError

    def after(self) -> HttpResponse:
        """Where to go when it is done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_response()
        return self._elsewhere() or super().get(request, *args, **kwargs)

    def _elsewhere(self) -> HttpResponse | None:
        """To where the response stands, if this person decides nothing here now."""
        step = self.step
        if step is not None and step.act is self.act and may_act(self.user, self.assignment, step):
            return None
        is_signed = self.assignment.status in SIGNED
        return redirect(
            "response_receipt" if is_signed else "assignment_detail", pk=self.assignment.pk
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = AuthorityForm(request.POST)
        if not form.is_valid():
            return self._again([str(text) for texts in form.errors.values() for text in texts])
        try:
            self.decide(form.chosen(self.authorities))
        except services.ChangedSinceSeen as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        except services.AlreadySigned as refusal:
            # Sent twice, or signed meanwhile: the one receipt there is answers both.
            messages.info(request, str(refusal))
            return redirect("response_receipt", pk=self.assignment.pk)
        except DomainError as refusal:
            if isinstance(refusal, self.said_on_page):
                return self._again([str(refusal)])
            messages.error(request, str(refusal))
            return redirect("assignment_detail", pk=self.assignment.pk)
        messages.success(request, str(self.done_message))
        return self.after()

    @cached_property
    def step(self) -> SignOffStep | None:
        """The step that waits."""
        return waiting_step(self.assignment)

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """As what this person can act here by the agency's records, by key."""
        if self.step is None:
            return {}
        agency, role = agency_of(self.assignment, self.step), self.step.role
        own = Membership.objects.filter(user=self.user, agency=agency, role=role).first()
        found = {} if own is None else {"own": of_membership(own)}
        lent = [s for s in substitutions(self.user) if (s.agency_id, s.role) == (agency, role)]
        return found | {f"substitution-{each.pk}": of_substitution(each) for each in lent}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.tasks.state
        drawing = self.drawing(state)
        figures = list(all_figures(drawing))
        changed = sorted(
            (figure for figure in figures if figure.change),
            key=lambda figure: figure.weight,
            reverse=True,
        )
        response = self.require_response()
        sent = revision_in_question(response)
        first = next(iter(self.authorities.values()), None)
        return super().get_context_data(
            **self.page_context(),
            is_signing=self.act is StepAct.SIGN,
            step_title=step_title(self.step, self.language) if self.step else "",
            capacity=first.signs_as if first else "",
            authorities=self.authorities,
            capacities=Capacity.choices,
            typed_key=TYPED,
            given=self.request.POST,
            key_figures=key_figures(drawing, figures),
            differences=changed[:DIFFERENCES],
            changes=len(changed),
            explanations=explanations(drawing),
            evidence=evidence_pieces(drawing),
            pieces=sum(map(len, drawing.evidence.values())),
            codes=sum(bool(remark.get("missing")) for remark in state.remarks.values()),
            total=self.tasks.progress.total,
            sent=sent,
            sent_at=_local(sent),
            chain=sign_off_chain(self.assignment, at=self.at),
            compared=compared_with_returned(response, drawing),
            cites=ReturnForm(choices=return_choices(drawing)).cites(),
            **kwargs,
        )

    def _again(self, problems: list[str]) -> HttpResponse:
        """The page as it was sent, with what is wrong; elsewhere if the step waits no more."""
        if elsewhere := self._elsewhere():
            for problem in problems:
                messages.error(self.request, problem)
            return elsewhere
        return self.render_to_response(self.get_context_data(problems=problems), status=422)


class ResponseSign(Decision):
    """The signatory's page."""

    permission_required = Permission.RESPONSE_SIGN
    act = StepAct.SIGN
    done_message = gettext_lazy("The response is signed.")

    def decide(self, authority: Authority) -> None:
        services.sign(
            self.require_response(),
            actor=self.user,
            at=self.at,
            authority=authority,
            shown=self.request.POST.get("shown", ""),
        )

    def after(self) -> HttpResponse:
        return redirect("response_receipt", pk=self.assignment.pk)

    @cached_property
    def handed_in(self) -> HandedIn | None:
        """The signed PDF that was handed in last for what awaits the signature."""
        response = self.require_response()
        return last_handed_in(response, revision_in_question(response))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        way = self.assignment.round.signature
        return super().get_context_data(
            way=way,
            takes_button=way != SignatureKind.DIGITAL,
            takes_file=way != SignatureKind.SIMPLE,
            has_trust_list=has_trust_list(),
            handed_in=self.handed_in,
            **kwargs,
        )


class ResponseApprove(Decision):
    """The page of whoever approves, in the agency or in its superior."""

    permission_required = Permission.RESPONSE_APPROVE
    act = StepAct.APPROVE
    done_message = gettext_lazy("The response is approved.")

    def decide(self, authority: Authority) -> None:
        given = self.request.POST
        services.approve_step(
            self.require_response(),
            actor=self.user,
            at=self.at,
            authority=authority,
            verdict=Verdict(
                comment=given.get("comment", "")[:2000],
                with_reservation="with_reservation" in given,
            ),
            shown=given.get("shown", ""),
        )

    def after(self) -> HttpResponse:
        visible = Assignment.objects.visible_to(self.user).filter(pk=self.assignment.pk)
        if visible.exists():
            return redirect("assignment_detail", pk=self.assignment.pk)
        return redirect("home")


def _local(revision: ResponseRevision | None) -> datetime | None:
    return timezone.localtime(revision.at) if revision else None
