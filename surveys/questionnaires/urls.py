"""Addresses of questionnaires."""

from django.urls import include, path

from surveys.questionnaires import views

urlpatterns = [
    path("", include("surveys.questionnaires.catalogue.urls")),
    path("questionnaires/", views.QuestionnaireListView.as_view(), name="questionnaire_list"),
    path(
        "questionnaires/import/",
        views.QuestionnaireImportView.as_view(),
        name="questionnaire_import",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/",
        views.VersionDetailView.as_view(),
        name="version_detail",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/publish/",
        views.VersionPublishView.as_view(),
        name="version_publish",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/xlsform/",
        views.VersionXlsformView.as_view(),
        name="version_xlsform",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/xform/",
        views.VersionXformView.as_view(),
        name="version_xform",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/xform/<int:pk>/",
        views.VersionXformFileView.as_view(),
        name="version_xform_file",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/simulation/",
        views.VersionSimulationView.as_view(),
        name="version_simulation",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/lookups/",
        views.LookupAttachView.as_view(),
        name="lookup_attach",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/lookups/<str:table>.csv",
        views.LookupDownloadView.as_view(),
        name="lookup_download",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/lookups/<str:table>/remove/",
        views.LookupRemoveView.as_view(),
        name="lookup_remove",
    ),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/retire/",
        views.VersionRetireView.as_view(),
        name="version_retire",
    ),
    path(
        "questionnaires/<slug:code>/compare/",
        views.VersionCompareChoiceView.as_view(),
        name="version_compare_choice",
    ),
    path(
        "questionnaires/<slug:code>/compare/<int:older>/<int:number>/",
        views.VersionCompareView.as_view(),
        name="version_compare",
    ),
]
