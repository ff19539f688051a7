"""Pages of the portal."""

from exporters.portal.views.catalogue import (
    CatalogueView,
    CitationView,
    DataSetView,
    VariablesView,
)
from exporters.portal.views.table import TableFileView, TableView
from exporters.portal.views.terms import TermsAcceptView, TermsView

__all__ = [
    "CatalogueView",
    "CitationView",
    "DataSetView",
    "TableFileView",
    "TableView",
    "TermsAcceptView",
    "TermsView",
    "VariablesView",
]
