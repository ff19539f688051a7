"""All models of the exports, one import for Django and for ``config``."""

from exporters.orders.models import Export

__all__ = ["Export"]
