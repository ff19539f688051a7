"""All models of the exports, one import for Django and for ``config``."""

from exporters.orders.models import Export
from exporters.raw.models import ExportProfile

__all__ = ["Export", "ExportProfile"]
