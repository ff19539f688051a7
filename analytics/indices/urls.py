"""Addresses of composite indices."""

from django.urls import path

from analytics.indices import views

VERSION = "indices/<slug:code>/versions/<int:number>"
RUN = "indices/<slug:code>/runs/<int:run_id>"

urlpatterns = [
    path("indices/", views.IndexListView.as_view(), name="index_list"),
    path("indices/add/", views.IndexAddView.as_view(), name="index_add"),
    path("indices/<slug:code>/", views.IndexDetailView.as_view(), name="index_detail"),
    path("indices/<slug:code>/compare/", views.CompareView.as_view(), name="index_compare"),
    path("indices/<slug:code>/tables/", views.IndexTablesView.as_view(), name="index_tables"),
    path(
        "indices/<slug:code>/tables/<int:table_id>/remove/",
        views.IndexTableRemoveView.as_view(),
        name="index_table_remove",
    ),
    path(f"{VERSION}/", views.VersionView.as_view(), name="index_version"),
    path(f"{VERSION}/fork/", views.ForkView.as_view(), name="index_fork"),
    path(f"{VERSION}/freeze/", views.FreezeView.as_view(), name="index_freeze"),
    path(f"{VERSION}/definition.json", views.ExportView.as_view(), name="index_export"),
    path(f"{VERSION}/run/", views.RunAddView.as_view(), name="index_run_add"),
    path(f"{VERSION}/edit/<slug:pane>/", views.IndexEditView.as_view(), name="index_edit"),
    path(f"{RUN}/", views.RunView.as_view(), name="index_run"),
    path(f"{RUN}/stop/", views.RunStopView.as_view(), name="index_run_stop"),
    path(f"{RUN}/tables.zip", views.RunDownloadView.as_view(), name="index_run_download"),
    path(f"{RUN}/tables/<slug:table_name>/", views.RunTableView.as_view(), name="index_run_table"),
]
