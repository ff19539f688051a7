"""Addresses of the portal."""

from django.urls import path

from exporters.portal import views

urlpatterns = [
    path("data/", views.CatalogueView.as_view(), name="data_catalogue"),
    path("data-requests/", views.RequestListView.as_view(), name="data_request_list"),
    path("data-requests/<int:pk>/", views.RequestView.as_view(), name="data_request"),
    path(
        "data-requests/<int:pk>/decide/",
        views.RequestDecideView.as_view(),
        name="data_request_decide",
    ),
    path(
        "data-requests/<int:pk>/withdraw/",
        views.RequestWithdrawView.as_view(),
        name="data_request_withdraw",
    ),
    path(
        "data/<slug:code>/<int:number>/request/",
        views.RequestAddView.as_view(),
        name="data_request_add",
    ),
    path(
        "data/<slug:code>/<int:number>/microdata/",
        views.MicrodataView.as_view(),
        name="data_microdata",
    ),
    path("data/terms/", views.TermsView.as_view(), name="data_terms"),
    path("data/terms/accept/", views.TermsAcceptView.as_view(), name="data_terms_accept"),
    path(
        "data/catalogue.<slug:suffix>",
        views.CatalogueRecordView.as_view(),
        name="data_catalogue_record",
    ),
    path("data/<slug:code>/<int:number>/", views.DataSetView.as_view(), name="data_set"),
    path(
        "data/<slug:code>/<int:number>/variables/",
        views.VariablesView.as_view(),
        name="data_variables",
    ),
    path(
        "data/<slug:code>/<int:number>/cite/<str:style>/",
        views.CitationView.as_view(),
        name="data_citation",
    ),
    path(
        "data/<slug:code>/<int:number>/record.<slug:suffix>",
        views.RecordView.as_view(),
        name="data_record",
    ),
    path("data/<slug:code>/<int:number>/file/", views.DataFileView.as_view(), name="data_file"),
    path("data/<slug:code>/<int:number>/table/", views.TableView.as_view(), name="data_table"),
    path(
        "data/<slug:code>/<int:number>/table/file/",
        views.TableFileView.as_view(),
        name="data_table_file",
    ),
]
