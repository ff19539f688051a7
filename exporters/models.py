"""All models of the exports, one import for Django and for ``config``."""

from exporters.orders.models import Export
from exporters.portal.models import DataRequest, TermsAcceptance
from exporters.raw.models import ExportProfile

__all__ = ["DataRequest", "Export", "ExportProfile", "TermsAcceptance"]
