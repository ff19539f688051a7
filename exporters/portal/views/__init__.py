"""Pages of the portal."""

from exporters.portal.views.catalogue import (
    CatalogueView,
    CitationView,
    DataSetView,
    VariablesView,
)
from exporters.portal.views.terms import TermsAcceptView, TermsView

__all__ = [
    "CatalogueView",
    "CitationView",
    "DataSetView",
    "TermsAcceptView",
    "TermsView",
    "VariablesView",
]
