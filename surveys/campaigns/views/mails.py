"""The mails of a round: their words, the plan of reminders, what became of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.campaigns import mail_pages, services
from surveys.campaigns.enums import MailKind, RoundStatus
from surveys.campaigns.forms import form_problems
from surveys.campaigns.mail_forms import AgainForm, PlanForm, WordsForm
from surveys.campaigns.models import AccessLink, Round
from surveys.campaigns.queries.mails import MailFilters, mails_of, steps_of
from surveys.campaigns.queries.previews import own_words, preview, sample
from surveys.campaigns.reminding import reminders_of
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin
from surveys.campaigns.wording import LANGUAGES
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.mailing.models import OutgoingMail
from surveys.organisations.requests import person_of


class RoundMailsView(RoundMixin, RefusingFormMixin[PlanForm]):
    """What was written, to whom and what became of it; the plan; the kinds of words. POST plans."""

    permission_required = Permission.LETTER_WRITE
    template_name = "campaigns/mails.html"
    form_class = PlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        plan = reminders_of(self.round.campaign.reminders)
        return super().get_form_kwargs() | {"plan": plan}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        filters = MailFilters.read(self.request.GET.dict())
        listed = mails_of(self.round, filters)
        return context | {
            "tabs": round_tabs(self.round, person_of(self.request), "round_mails"),
            "steps": mail_pages.step_lines(steps_of(self.round), filters),
            "mails": mail_pages.mail_lines(listed),
            "listed": listed,
            "statuses": mail_pages.status_links(filters),
            "page_query": listed.filters.query(page=listed.filters.page),
            "kinds": mail_pages.kind_lines(self.round),
            "problems": form_problems(context["form"]),
        }

    def form_valid(self, form: PlanForm) -> HttpResponse:
        """Remind by the plan from now on."""
        services.set_plan(self.round.campaign, form.plan, actor=person_of(self.request), at=self.at)
        messages.success(self.request, _("The plan of reminders is saved."))
        return redirect("round_mails", code=self.round.code)


class RoundMailWordsView(RoundMixin, RefusingFormMixin[WordsForm]):
    """The words of one kind of mail in both languages, with a preview. POST looks or saves."""

    permission_required = Permission.LETTER_WRITE
    template_name = "campaigns/mail_words.html"
    form_class = WordsForm

    @cached_property
    def kind(self) -> MailKind:
        """The kind of the address."""
        try:
            return MailKind(self.kwargs["kind"])
        except ValueError:
            raise Http404 from None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        words, _own = own_words(self.round, self.kind)
        return {
            f"{part}_{language}": getattr(words[language], part)
            for language in LANGUAGES
            for part in ("subject", "body")
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        form = context["form"]
        words, is_own = own_words(self.round, self.kind)
        if form.is_bound:
            words = form.words()
        agency = form["agency"].value() or ""
        return context | {
            "tabs": round_tabs(self.round, person_of(self.request), "round_mails"),
            "kind": self.kind,
            "is_own": is_own,
            "names": mail_pages.name_lines(self.kind),
            "previews": [] if form.errors else self._previews(words, agency),
            "problems": form_problems(form),
        }

    def _previews(self, words: Any, agency: str) -> list[dict[str, Any]]:
        assignment = sample(self.round, agency, at=self.at)
        if assignment is None:
            return []
        return [
            {
                "language": language,
                "words": preview(
                    words[language], self.kind, assignment, language=language, at=self.at
                ),
            }
            for language in LANGUAGES
        ]

    def form_valid(self, form: WordsForm) -> HttpResponse:
        """Keep the words, or only look at them."""
        if "look" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        services.save_words(
            self.round.campaign,
            self.kind,
            form.words(),
            actor=person_of(self.request),
            at=self.at,
        )
        messages.success(self.request, _("The words are saved. Mails queued before keep theirs."))
        return redirect("round_mail_words", code=self.round.code, kind=self.kind)


class RoundMailWordsResetView(RoundMailWordsView):
    """Back to the product's words."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Forget the campaign's words of the kind."""
        services.reset_words(self.round.campaign, self.kind, actor=person_of(request), at=self.at)
        messages.success(request, _("The product's words are used again."))
        return redirect("round_mail_words", code=self.round.code, kind=self.kind)


class RoundMailAgainView(RoundMixin, ObjectActionView):
    """A mail that did not arrive is sent again, to a corrected address if need be."""

    permission_required = Permission.LETTER_WRITE
    success_message = gettext_lazy("The mail waits to be sent again.")
    http_method_names = ("post",)

    def perform(self, target: Round) -> None:
        form = AgainForm(self.request.POST)
        of_round = OutgoingMail.objects.within(f"round:{target.pk}")
        mail = get_object_or_404(of_round, pk=self.kwargs["pk"])
        services.send_again(
            mail,
            address=form.cleaned_data["address"] if form.is_valid() else "",
            round_=target,
            actor=person_of(self.request),
            at=self.at,
        )

    def get_success_url(self, target: Round) -> str:
        return reverse("round_mails", args=[target.code]) + "#mails"


class RoundMailRevokeView(RoundMixin, ObjectActionView):
    """Ends the personal links to the assignment that a mail is about."""

    permission_required = Permission.LETTER_WRITE
    success_message = gettext_lazy("The personal links of this agency no longer work.")
    http_method_names = ("post",)

    def perform(self, target: Round) -> None:
        of_round = OutgoingMail.objects.within(f"round:{target.pk}").filter(
            link_purpose=services.LINK_PURPOSE
        )
        mail = get_object_or_404(of_round, pk=self.kwargs["pk"])
        link = get_object_or_404(
            AccessLink.objects.select_related("assignment"),
            pk=mail.link_id,
            assignment__round=target,
        )
        services.revoke_links(link.assignment, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Round) -> str:
        return reverse("round_mails", args=[target.code]) + "?status="


class RoundRemindView(RoundMixin, ObjectActionView):
    """Asks once, with how many are late, then reminds them."""

    permission_required = Permission.LETTER_WRITE

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The question."""
        late = services.late_to_remind(self.round, at=self.at)
        running = self.round.status == RoundStatus.OPEN
        context = self.get_round_context() | {"late": len(late) if running else 0}
        return render(request, "campaigns/remind.html", context)

    def perform(self, target: Round) -> None:
        number = services.remind_late(target, actor=person_of(self.request), at=self.at)
        text = ngettext(
            "%(number)d late agency is reminded.", "%(number)d late agencies are reminded.", number
        )
        messages.success(self.request, text % {"number": number})

    def get_success_url(self, target: Round) -> str:
        return reverse("round_mails", args=[target.code]) + "?status="
