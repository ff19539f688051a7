"""Pages of composite indices."""

from analytics.indices.views.editing import IndexEditView
from analytics.indices.views.lists import (
    IndexAddView,
    IndexDetailView,
    IndexListView,
    IndexTableRemoveView,
    IndexTablesView,
)
from analytics.indices.views.runs import (
    RunAddView,
    RunDownloadView,
    RunStopView,
    RunTableView,
    RunView,
)
from analytics.indices.views.versions import (
    CompareView,
    ExportView,
    ForkView,
    FreezeView,
    VersionView,
)

__all__ = [
    "CompareView",
    "ExportView",
    "ForkView",
    "FreezeView",
    "IndexAddView",
    "IndexDetailView",
    "IndexEditView",
    "IndexListView",
    "IndexTableRemoveView",
    "IndexTablesView",
    "RunAddView",
    "RunDownloadView",
    "RunStopView",
    "RunTableView",
    "RunView",
    "VersionView",
]
