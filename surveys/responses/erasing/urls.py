"""Addresses of the pages on which one person's data are erased."""

from django.urls import path

from surveys.responses.erasing import views

urlpatterns = [
    path("settings/personal-data/", views.PersonalDataView.as_view(), name="personal_data"),
    path(
        "settings/personal-data/<int:pk>/",
        views.PersonalDataErase.as_view(),
        name="personal_data_erase",
    ),
]
