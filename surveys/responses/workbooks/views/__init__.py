"""Pages and acts of the Excel questionnaire."""

from surveys.responses.workbooks.views.download import WorkbookDownload

__all__ = ["WorkbookDownload"]
