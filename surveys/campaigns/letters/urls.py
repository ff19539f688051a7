"""Addresses of letters, and of rounds as they stand in them."""

from django.urls import path

from surveys.campaigns.letters import views

urlpatterns = [
    path("r/<slug:short>/", views.ShortLinkView.as_view(), name="short_link"),
    path("rounds/<slug:code>/letter/", views.RoundLetterView.as_view(), name="round_letter"),
    path("rounds/<slug:code>/letters/", views.RoundLettersView.as_view(), name="round_letters"),
    path(
        "rounds/<slug:code>/letters/<int:pk>/file/",
        views.RoundLettersFileView.as_view(),
        name="round_letters_file",
    ),
]
