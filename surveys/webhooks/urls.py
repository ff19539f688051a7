"""Addresses of the pages of webhooks."""

from django.urls import path

from surveys.webhooks import views

urlpatterns = [
    path("settings/webhooks/", views.WebhookListView.as_view(), name="webhook_list"),
    path("settings/webhooks/<int:pk>/", views.WebhookView.as_view(), name="webhook_detail"),
    path("settings/webhooks/<int:pk>/test/", views.WebhookTestView.as_view(), name="webhook_test"),
    path(
        "settings/webhooks/<int:pk>/switch/",
        views.WebhookSwitchView.as_view(),
        name="webhook_switch",
    ),
    path(
        "settings/webhooks/<int:pk>/secret/",
        views.WebhookRotateView.as_view(),
        name="webhook_rotate",
    ),
    path(
        "settings/webhooks/<int:pk>/remove/",
        views.WebhookRemoveView.as_view(),
        name="webhook_remove",
    ),
    path(
        "settings/webhooks/<int:pk>/messages/<int:delivery_pk>/again/",
        views.DeliveryAgainView.as_view(),
        name="webhook_send_again",
    ),
]
