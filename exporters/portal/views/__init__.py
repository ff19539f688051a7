"""Pages of the portal."""

from exporters.portal.views.catalogue import (
    CatalogueView,
    CitationView,
    DataSetView,
    VariablesView,
)
from exporters.portal.views.files import CatalogueRecordView, DataFileView, RecordView
from exporters.portal.views.requests import (
    MicrodataView,
    RequestAddView,
    RequestDecideView,
    RequestListView,
    RequestView,
    RequestWithdrawView,
)
from exporters.portal.views.table import TableFileView, TableView
from exporters.portal.views.terms import TermsAcceptView, TermsView

__all__ = [
    "CatalogueRecordView",
    "CatalogueView",
    "CitationView",
    "DataFileView",
    "DataSetView",
    "MicrodataView",
    "RecordView",
    "RequestAddView",
    "RequestDecideView",
    "RequestListView",
    "RequestView",
    "RequestWithdrawView",
    "TableFileView",
    "TableView",
    "TermsAcceptView",
    "TermsView",
    "VariablesView",
]
