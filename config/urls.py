"""Every address of the product."""

from django.urls import include, path

from config.health import HealthView, ReadyView

urlpatterns = [
    path("healthz", HealthView.as_view(), name="healthz"),
    path("readyz", ReadyView.as_view(), name="readyz"),
    path("", include("surveys.urls")),
    path("", include("analytics.urls")),
    path("", include("exporters.urls")),
    path("", include("config.api")),
]

handler400 = "surveys.machines.api.handlers.bad_request"
handler403 = "surveys.machines.api.handlers.forbidden"
handler404 = "surveys.machines.api.handlers.page_not_found"
handler500 = "surveys.machines.api.handlers.server_error"
