"""Addresses of publications."""

from django.urls import path

from analytics.releases import views

urlpatterns = [
    path("rounds/<slug:code>/releases/", views.RoundReleasesView.as_view(), name="round_releases"),
    path(
        "rounds/<slug:code>/releases/propose/",
        views.ReleaseProposeView.as_view(),
        name="release_propose",
    ),
    path("releases/", views.ReleaseListView.as_view(), name="release_list"),
    path("releases/<int:release_id>/", views.ReleaseDetailView.as_view(), name="release_detail"),
    path(
        "releases/<int:release_id>/approve/",
        views.ReleaseApproveView.as_view(),
        name="release_approve",
    ),
    path(
        "releases/<int:release_id>/withdraw/",
        views.ReleaseWithdrawView.as_view(),
        name="release_withdraw",
    ),
]
