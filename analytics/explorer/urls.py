"""Addresses of the explorer."""

from django.urls import path

from analytics.explorer import views

urlpatterns = [
    path("analysis/", views.AnalysisListView.as_view(), name="analysis"),
    path("analysis/<slug:code>/", views.RoundExplorerView.as_view(), name="round_explorer"),
    path(
        "analysis/<slug:code>/themes/<str:variable>/",
        views.RoundThemesView.as_view(),
        name="round_themes",
    ),
    path(
        "analysis/<slug:code>/themes/<str:variable>/add/",
        views.ThemeCreateView.as_view(),
        name="theme_create",
    ),
    path(
        "analysis/<slug:code>/themes/<str:variable>/<int:theme>/remove/",
        views.ThemeRemoveView.as_view(),
        name="theme_remove",
    ),
    path(
        "analysis/<slug:code>/themes/<str:variable>/answers/<int:agency>/",
        views.AnswerCodeView.as_view(),
        name="answer_code",
    ),
]
