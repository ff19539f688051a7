"""Addresses of the catalogue."""

from django.urls import path

from surveys.questionnaires.catalogue import views

urlpatterns = [
    path("indicators/", views.IndicatorListView.as_view(), name="indicator_list"),
    path("indicators/add/", views.IndicatorAddView.as_view(), name="indicator_add"),
    path("indicators/<int:pk>/", views.IndicatorDetailView.as_view(), name="indicator_detail"),
    path("indicators/<int:pk>/edit/", views.IndicatorEditView.as_view(), name="indicator_edit"),
    path(
        "indicators/<int:pk>/retire/", views.IndicatorRetireView.as_view(), name="indicator_retire"
    ),
    path(
        "indicators/<int:pk>/restore/",
        views.IndicatorRestoreView.as_view(),
        name="indicator_restore",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/indicators/",
        views.VersionIndicatorsView.as_view(),
        name="version_indicators",
    ),
]
