"""Asking for a file, stopping its making, keeping it, fetching it."""

from exporters.orders.services.asking import (
    AnswersConfidential,
    ExportRefused,
    ExportUnknown,
    NothingToRetry,
    exporter_of,
    refuse_confidential,
    request_export,
    retry,
)
from exporters.orders.services.fetching import ExportNotReady, fetch, refuse_missing
from exporters.orders.services.keeping import remove_expired, remove_orphans, remove_withheld
from exporters.orders.services.stopping import cancel
from exporters.orders.services.writing import KEPT_FOR, begin, keep_file, order_of

__all__ = [
    "KEPT_FOR",
    "AnswersConfidential",
    "ExportNotReady",
    "ExportRefused",
    "ExportUnknown",
    "NothingToRetry",
    "begin",
    "cancel",
    "exporter_of",
    "fetch",
    "keep_file",
    "order_of",
    "refuse_confidential",
    "refuse_missing",
    "remove_expired",
    "remove_orphans",
    "remove_withheld",
    "request_export",
    "retry",
]
