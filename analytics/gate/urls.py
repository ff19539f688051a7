"""Addresses of the disclosure gate."""

from django.urls import path

from analytics.gate import views

urlpatterns = [
    path(
        "rounds/<slug:code>/disclosure/",
        views.RoundDisclosureView.as_view(),
        name="round_disclosure",
    ),
]
