"""One answer under verification: judged, reconciled, decided on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.campaigns import pages
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.models import User
from surveys.organisations.requests import person_of
from surveys.verification import queries, services
from surveys.verification.enums import ItemStatus, PlanStatus
from surveys.verification.forms import RulingForm, VerdictForm
from surveys.verification.models import Judgement, VerificationItem
from surveys.verification.reading import explanation_files, read_item


class ItemMixin(PermissionMixin):
    """A page or act of one answer under verification."""

    @cached_property
    def item(self) -> VerificationItem:
        """The item, if the person sees it."""
        visible = VerificationItem.objects.visible_to(self.request.user).select_related(
            "case__plan",
            "case__revision__response__assignment",
            "case__assignment__agency",
            "case__assignment__round__campaign",
            "settled_by",
        )
        return get_object_or_404(visible, pk=self.kwargs["item"])

    def get_permission_object(self) -> Assignment:
        return self.item.case.assignment

    @property
    def user(self) -> User:
        """Who looks."""
        return person_of(self.request)

    @cached_property
    def own(self) -> Judgement | None:
        """The person's own judgement, if asked for one."""
        return Judgement.objects.of(self.user).filter(item=self.item).first()


class ItemFlag(ItemMixin, ObjectActionView):
    """Marks an answer to come back to, or takes the mark away."""

    permission_required = Permission.VERIFICATION_JUDGE
    http_method_names = ("post",)

    def perform(self, target: Assignment) -> None:
        if self.own is None:
            raise services.JudgementOfAnother
        wanted = self.request.POST.get("is_flagged") == "on"
        services.flag(self.own, is_flagged=wanted, actor=self.user, at=self.at)

    def get_success_url(self, target: Assignment) -> str:
        return reverse("verification_item", args=[self.item.pk])


class ItemView(ItemMixin, TemplateView):
    """The answer with everything that proves it, and what the person has to say to it."""

    permission_required = Permission.VERIFICATION_VIEW
    template_name = "verification/item.html"

    @cached_property
    def is_decider(self) -> bool:
        """Whether the person decides for the department on an answer not judged by them."""
        round_ = self.item.case.assignment.round
        judged = self.item.judgements.filter(verifier=self.user).exists()
        return not judged and self.user.has_perm(Permission.VERIFICATION_DECIDE, round_)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, assignment = self.item, self.item.case.assignment
        round_, form = assignment.round, self._form()
        page = reverse("round_verification", args=[round_.code])
        context = {
            "item": item,
            "own": self.own,
            "round": round_,
            "campaign": round_.campaign,
            "agency": assignment.names,
            "crumbs": [
                *pages.round_crumbs(round_)[:-1],
                (_("Verification"), page),
                (item.code, ""),
            ],
            "read": read_item(item, at=self.at, language=self.request.LANGUAGE_CODE),
            "judgements": self._judgements(),
            **self._said(),
            "mode": self.mode,
            "back": self._back(),
            "at": self.at,
        }
        # The address names the item too; what a refused form holds goes before a new one.
        return super().get_context_data(**{**kwargs, **context, "form": kwargs.get("form", form)})

    def _said(self) -> dict[str, Any]:
        """What the agency says, and the files that it has handed in with it; none before that."""
        said = getattr(self.item, "explanation", None)
        files = explanation_files(self.item, at=self.at) if said is not None else ()
        return {"explanation": said, "files": files}

    @cached_property
    def mode(self) -> str:
        """What the person can do now: judge, reconcile, decide, or only read."""
        item = self.item
        if item.case.plan.status != PlanStatus.UNDER_WAY:
            return ""
        if item.status == ItemStatus.EXPLAINED and self.is_decider:
            return "decide"
        if item.case.released_at is not None:
            return ""
        if self.own is not None and item.settlement != "reconciled":
            return "judge"
        return "reconcile" if item.status == ItemStatus.DISPUTED and self.is_decider else ""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save, and go on to the next; a refusal keeps what was typed."""
        if not self.mode:
            raise PermissionDenied
        form = self._form(data=True)
        if form.is_valid():
            try:
                self._save(form)
            except services.NoteMissing as refusal:
                form.add_error("note", str(refusal))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect(self._next())
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _form(self, *, data: bool = False) -> Form:
        typed = self.request.POST if data else None
        if self.mode == "decide":
            return RulingForm(typed, initial={"seen": self.item.edits})
        if self.mode == "judge" and self.own is not None:
            own = self.own
            shown = {"verdict": own.verdict, "note": own.note, "seen": own.edits}
            if own.verdict in {"partly", "not_accepted"} and own.points:
                shown["points"] = own.points
            return VerdictForm(typed, initial=shown)
        return VerdictForm(typed, initial={"seen": self.item.edits})

    def _save(self, form: Form) -> None:
        if isinstance(form, RulingForm):
            services.decide(self.item, form.decision(), actor=self.user, at=self.at)
        elif isinstance(form, VerdictForm) and self.mode == "judge" and self.own is not None:
            services.judge(self.own, form.opinion(), actor=self.user, at=self.at)
        elif isinstance(form, VerdictForm):
            services.reconcile(self.item, form.opinion(), actor=self.user, at=self.at)

    def _next(self) -> str:
        round_ = self.item.case.assignment.round
        if self.mode == "judge" and self.own is not None:
            following = queries.next_to_judge(self.user, round_, after=self.own)
            if following is not None:
                return reverse("verification_item", args=[following.item_id])
        return self._back()

    def _back(self) -> str:
        code = self.item.case.assignment.round.code
        name = "round_verification_work" if self.own else "round_verification"
        if self.mode in {"decide", "reconcile"}:
            name = "round_verification_decisions"
        return reverse(name, args=[code])

    def _judgements(self) -> list[Judgement]:
        """What verifiers say: one's own; the others' once all have spoken, or to who decides then."""
        found = list(self.item.judgements.select_related("verifier"))
        if found and all(each.first for each in found):
            return found
        return [each for each in found if each.verifier_id == self.user.pk and each.verdict]
