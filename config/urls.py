"""Every address of the product."""

from django.urls import include, path

from config.health import HealthView, ReadyView

urlpatterns = [
    path("healthz", HealthView.as_view(), name="healthz"),
    path("readyz", ReadyView.as_view(), name="readyz"),
    path("", include("surveys.urls")),
    path("", include("analytics.urls")),
    path("", include("exporters.urls")),
]
