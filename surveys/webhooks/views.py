"""The pages on which an owner's administrators make, change, try and follow webhooks."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of
from surveys.webhooks import services
from surveys.webhooks.forms import NewWebhookForm, RemovalForm, WebhookForm, form_of
from surveys.webhooks.models import Webhook, WebhookDelivery
from surveys.webhooks.queries import deliveries_of, webhooks_of

PAGE_SIZE = 25


class WebhookListView(PermissionMixin, FormView[NewWebhookForm]):
    """The webhooks, and a new one, whose secret is shown in the answer to making it and never again."""

    permission_required = Permission.WEBHOOK_MANAGE
    template_name = "webhooks/list.html"
    form_class = NewWebhookForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose owners can be chosen."""
        return super().get_form_kwargs() | {"user": person_of(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The webhooks that the person manages."""
        context = {
            "rows": list(webhooks_of(person_of(self.request))),
            "crumbs": [(_("Account"), ""), (_("Webhooks"), "")],
        }
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form: NewWebhookForm) -> HttpResponse:
        """Make it and show its secret, or say why not."""
        user, owner = person_of(self.request), form.cleaned_data["owner"]
        try:
            webhook, secret = services.create_webhook(owner, form.wish(), actor=user, at=self.at)
        except DomainError as refusal:
            form.add_error("address", str(refusal))
            return self.form_invalid(form)
        context = self.get_context_data(form=NewWebhookForm(user=user), made=webhook, secret=secret)
        return self.render_to_response(context, status=HTTPStatus.CREATED)

    def form_invalid(self, form: NewWebhookForm) -> HttpResponse:
        """The form again, with its errors."""
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class OfWebhookMixin(PermissionMixin):
    """A page of one webhook; those of other owners do not exist."""

    permission_required = Permission.WEBHOOK_MANAGE

    @cached_property
    def webhook(self) -> Webhook:
        """The webhook of the address."""
        found: Webhook = get_object_or_404(
            webhooks_of(person_of(self.request)), pk=self.kwargs["pk"]
        )
        return found

    def get_permission_object(self) -> Any:
        """The webhook."""
        return self.webhook


class WebhookView(OfWebhookMixin, FormView[WebhookForm]):
    """One webhook: what it is told of, its secret, its messages with what came of them."""

    template_name = "webhooks/detail.html"

    def get_form(self, _form_class: type[WebhookForm] | None = None) -> WebhookForm:
        """The form of the webhook."""
        return form_of(self.webhook, self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The webhook with a page of its messages."""
        host = services.host_of(self.webhook)
        pages = Paginator(deliveries_of(self.webhook), PAGE_SIZE)
        context = {
            "webhook": self.webhook,
            "page_obj": pages.get_page(self.request.GET.get("page")),
            "has_two_secrets": len(self.webhook.nonces_at(self.at)) > 1,
            "host": host,
            "crumbs": [(_("Account"), ""), (_("Webhooks"), reverse("webhook_list")), (host, "")],
        }
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form: WebhookForm) -> HttpResponse:
        """Change it, or say why not."""
        actor = person_of(self.request)
        try:
            services.change_webhook(self.webhook, form.wish(), actor=actor, at=self.at)
        except DomainError as refusal:
            form.add_error("address", str(refusal))
            return self.form_invalid(form)
        return redirect("webhook_detail", self.webhook.pk)

    def form_invalid(self, form: WebhookForm) -> HttpResponse:
        """The form again, with its errors."""
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class WebhookRotateView(WebhookView):
    """Another secret, shown in the answer and never again."""

    http_method_names = ["post"]

    def get_form(self, _form_class: type[WebhookForm] | None = None) -> WebhookForm:
        """The form of the webhook as it stands."""
        return form_of(self.webhook)

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Change the secret and show it."""
        actor = person_of(self.request)
        secret = services.rotate_secret(self.webhook, actor=actor, at=self.at)
        del self.webhook
        return self.render_to_response(self.get_context_data(made=self.webhook, secret=secret))


class WebhookRemoveView(OfWebhookMixin, FormView[RemovalForm]):
    """Remove a webhook: what goes with it, and its host to be typed, because nothing comes back."""

    template_name = "webhooks/remove.html"
    form_class = RemovalForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The webhook with its messages counted."""
        host = services.host_of(self.webhook)
        context = {
            "webhook": self.webhook,
            "host": host,
            "crumbs": [
                (_("Account"), ""),
                (_("Webhooks"), reverse("webhook_list")),
                (host, reverse("webhook_detail", args=[self.webhook.pk])),
                (_("Remove the webhook"), ""),
            ],
        }
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form: RemovalForm) -> HttpResponse:
        """Remove it, or say why not."""
        host, actor = form.cleaned_data["host"], person_of(self.request)
        try:
            services.remove_webhook(self.webhook, host=host, actor=actor, at=self.at)
        except DomainError as refusal:
            form.add_error("host", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The webhook is removed."))
        return redirect("webhook_list")

    def form_invalid(self, form: RemovalForm) -> HttpResponse:
        """The form again, with its errors."""
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class WebhookActView(OfWebhookMixin, ObjectActionView):
    """Something done with one webhook."""

    def get_success_url(self, _target: Any) -> str:
        """The webhook's page."""
        return reverse("webhook_detail", args=[self.webhook.pk])


class WebhookTestView(WebhookActView):
    """Try it."""

    success_message = gettext_lazy("A test message is on its way. Look at its answer below.")

    def perform(self, target: Webhook) -> None:
        """Have a test message sent."""
        services.try_webhook(target, actor=person_of(self.request), at=self.at)


class WebhookSwitchView(WebhookActView):
    """Switch it on or off, as the form says."""

    def perform(self, target: Webhook) -> None:
        """Switch it."""
        is_on = self.request.POST.get("on") == "1"
        services.switch_webhook(target, on=is_on, actor=person_of(self.request), at=self.at)


class DeliveryAgainView(WebhookActView):
    """Send a message again."""

    success_message = gettext_lazy("The message is sent again.")

    def perform(self, target: Webhook) -> None:
        """Have it sent; a message of another webhook does not exist."""
        delivery = get_object_or_404(WebhookDelivery, webhook=target, pk=self.kwargs["delivery_pk"])
        services.send_again(delivery, actor=person_of(self.request), at=self.at)
