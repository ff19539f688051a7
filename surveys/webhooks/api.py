"""Webhooks, read and made by programs of an owner's administrators."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import StrictSerializer, read_body
from surveys.machines.enums import Scope
from surveys.organisations.models import Agency
from surveys.webhooks import services
from surveys.webhooks.addresses import LENGTH
from surveys.webhooks.enums import PublicKind
from surveys.webhooks.models import Webhook
from surveys.webhooks.queries import owners_to_choose

EXAMPLE: dict[str, Any] = {
    "id": 3,
    "owner": "cuc-cds-quoc-gia",
    "address": "https://kho.example.gov.vn/khao-sat",
    "kinds": ["round.opened", "assignment.signed", "assignment.signed_again"],
    "active": True,
    "created_at": "2026-11-20T09:30:00+07:00",
    "delivered_at": None,
    "disabled_at": None,
}
WISH = {
    "owner": "cuc-cds-quoc-gia",
    "address": "https://kho.example.gov.vn/khao-sat",
    "kinds": ["round.opened", "assignment.signed", "assignment.signed_again"],
}


class WebhookSerializer(serializers.Serializer[Webhook]):
    """An address that is told of changes of state. ``disabled_at``: switched off, it took nothing."""

    id = serializers.IntegerField(source="pk")
    owner = serializers.CharField(source="owner.key")
    address = serializers.CharField()
    kinds = serializers.ListField(child=serializers.ChoiceField(PublicKind.choices))
    active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    disabled_at = serializers.DateTimeField(allow_null=True)


class MadeWebhookSerializer(WebhookSerializer):
    """A new webhook with its secret, which is told only this once."""

    secret = serializers.CharField()


class WebhookWishSerializer(StrictSerializer):
    """What a webhook is to be."""

    owner = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=LENGTH)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(PublicKind.choices), allow_empty=False, max_length=50
    )


class WebhookListView(ListApiView):
    """The webhooks of the person's owners."""

    permission_required = Permission.WEBHOOK_MANAGE
    scope = Scope.WEBHOOKS
    serializer = WebhookSerializer
    order = ("pk",)

    def rows(self) -> QuerySet[Webhook]:
        """Those that the person manages."""
        return Webhook.objects.visible_to(self.person).select_related("owner")

    @operation(
        Told(name="webhooks", summary=_("Webhooks of your department"), group="webhooks"),
        answers={200: page_of(WebhookSerializer)},
        examples={200: page_example(EXAMPLE)},
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()

    @operation(
        Told(
            name="webhook_make",
            summary=_("Make a webhook"),
            group="webhooks",
            more="The answer holds the secret that messages are signed with (Standard Webhooks); "
            "it is told only this once.",
        ),
        answers={201: MadeWebhookSerializer},
        examples={201: EXAMPLE | {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}},
        body=(WebhookWishSerializer, WISH),
    )
    def post(self, request: Request) -> Response:
        """Make it."""
        wanted = read_body(WebhookWishSerializer, request)
        owner = get_object_or_404(Agency.objects.visible_to(self.person), key=wanted["owner"])
        if not owners_to_choose(self.person).filter(pk=owner.pk).exists():
            raise exceptions.PermissionDenied
        wish = services.WebhookWish(address=wanted["address"], kinds=wanted["kinds"])
        webhook, secret = services.create_webhook(owner, wish, actor=self.person, at=self.at)
        address = self.request.build_absolute_uri(reverse("api_webhook", args=[webhook.pk]))
        told = WebhookSerializer(webhook).data | {"secret": secret}
        return Response(told, status=HTTPStatus.CREATED, headers={"Location": address})


class WebhookView(ApiView):
    """One webhook."""

    permission_required = Permission.WEBHOOK_MANAGE
    scope = Scope.WEBHOOKS

    @cached_property
    def webhook(self) -> Webhook:
        """The webhook of the address."""
        visible = Webhook.objects.visible_to(self.person).select_related("owner")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Webhook:
        """The webhook."""
        return self.webhook

    @operation(
        Told(name="webhook", summary=_("One webhook"), group="webhooks"),
        answers={200: WebhookSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, pk: int) -> Response:
        """The webhook."""
        return Response(WebhookSerializer(self.webhook).data)

    @operation(
        Told(
            name="webhook_remove",
            summary=_("Remove a webhook for good"),
            group="webhooks",
            more=_("Its messages go with it, those that wait too. The answer is what was removed."),
        ),
        answers={200: WebhookSerializer},
        examples={200: EXAMPLE},
    )
    def delete(self, _request: Request, pk: int) -> Response:
        """Remove it."""
        told = WebhookSerializer(self.webhook).data
        host = services.host_of(self.webhook)
        services.remove_webhook(self.webhook, host=host, actor=self.person, at=self.at)
        return Response(told)
