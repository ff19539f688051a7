"""Addresses of webhooks below ``/api/v1/``."""

from django.urls import path

from surveys.webhooks.api import WebhookListView, WebhookView

urlpatterns = [
    path("webhooks/", WebhookListView.as_view(), name="api_webhooks"),
    path("webhooks/<int:pk>/", WebhookView.as_view(), name="api_webhook"),
]
