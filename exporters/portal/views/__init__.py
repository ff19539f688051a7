"""Pages of the portal."""

from exporters.portal.views.catalogue import (
    CatalogueView,
    CitationView,
    DataSetView,
    VariablesView,
)
from exporters.portal.views.files import CatalogueRecordView, DataFileView, RecordView
from exporters.portal.views.table import TableFileView, TableView
from exporters.portal.views.terms import TermsAcceptView, TermsView

__all__ = [
    "CatalogueRecordView",
    "CatalogueView",
    "CitationView",
    "DataFileView",
    "DataSetView",
    "RecordView",
    "TableFileView",
    "TableView",
    "TermsAcceptView",
    "TermsView",
    "VariablesView",
]
