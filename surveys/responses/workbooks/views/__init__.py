"""Pages and acts of the Excel questionnaire."""

from surveys.responses.workbooks.views.download import WorkbookDownload
from surveys.responses.workbooks.views.sending import (
    WorkbookMarkedView,
    WorkbookPreviewView,
    WorkbookUploadView,
)

__all__ = ["WorkbookDownload", "WorkbookMarkedView", "WorkbookPreviewView", "WorkbookUploadView"]
