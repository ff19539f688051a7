"""Where filling in, sending and signing live."""

from django.urls import include, path

from surveys.responses import views
from surveys.responses.prefilling.views import (
    PrefillPreviewView,
    PrefillSampleView,
    RoundPrefillView,
)
from surveys.responses.workbooks.views import (
    WorkbookDownload,
    WorkbookMarkedView,
    WorkbookPreviewView,
    WorkbookUploadView,
)

_ASSIGNMENT = "assignments/<int:pk>/"
_DELEGATION = f"{_ASSIGNMENT}division/<int:given>/"
_ROUND_VERSION = "rounds/<slug:code>/version/"
_ROUND_PREFILL = "rounds/<slug:code>/prefill/"

urlpatterns = [
    path("", include("surveys.responses.preview.urls")),
    path("", include("surveys.responses.dossier.urls")),
    path("", include("surveys.responses.erasing.urls")),
    path("", views.Home.as_view(), name="home"),
    path(_ROUND_VERSION, views.RoundVersionView.as_view(), name="round_version"),
    path(
        f"{_ROUND_VERSION}<int:number>/",
        views.RoundVersionChangeView.as_view(),
        name="round_version_change",
    ),
    path(
        f"{_ROUND_VERSION}<int:number>/moves/",
        views.RoundMovesView.as_view(),
        name="round_moves",
    ),
    path(_ROUND_PREFILL, RoundPrefillView.as_view(), name="round_prefill"),
    path(f"{_ROUND_PREFILL}sample/", PrefillSampleView.as_view(), name="prefill_sample"),
    path(f"{_ROUND_PREFILL}<uuid:upload>/", PrefillPreviewView.as_view(), name="prefill_preview"),
    path(_ASSIGNMENT, views.AssignmentDetail.as_view(), name="assignment_detail"),
    path(f"{_ASSIGNMENT}start/", views.ResponseStart.as_view(), name="response_start"),
    path(f"{_ASSIGNMENT}sections/<str:step>/", views.SectionView.as_view(), name="section"),
    path(
        f"{_ASSIGNMENT}sections/<str:step>/changes/",
        views.SectionChanges.as_view(),
        name="section_changes",
    ),
    path(f"{_ASSIGNMENT}division/", views.DivisionView.as_view(), name="division"),
    path(f"{_DELEGATION}due/", views.DelegationDue.as_view(), name="delegation_due"),
    path(f"{_DELEGATION}withdraw/", views.DelegationWithdraw.as_view(), name="delegation_withdraw"),
    path(f"{_DELEGATION}done/", views.DelegationDone.as_view(), name="delegation_done"),
    path(f"{_DELEGATION}reopen/", views.DelegationReopen.as_view(), name="delegation_reopen"),
    path(f"{_ASSIGNMENT}here/", views.ResponseHere.as_view(), name="response_here"),
    path(f"{_ASSIGNMENT}comments/", views.Comments.as_view(), name="comments"),
    path(f"{_ASSIGNMENT}comments/counts/", views.CommentCounts.as_view(), name="comment_counts"),
    path(
        f"{_ASSIGNMENT}comments/resolve/",
        views.CommentsResolve.as_view(),
        name="comments_resolve",
    ),
    path(
        f"{_ASSIGNMENT}comments/<int:comment>/withdraw/",
        views.CommentWithdraw.as_view(),
        name="comment_withdraw",
    ),
    path(f"{_ASSIGNMENT}cells/", views.CellSave.as_view(), name="cell_save"),
    path(f"{_ASSIGNMENT}cells/before/", views.EarlierValues.as_view(), name="earlier_values"),
    path(f"{_ASSIGNMENT}cells/keep/", views.ProposalKeep.as_view(), name="proposal_keep"),
    path(f"{_ASSIGNMENT}cells/unlock/", views.CarriedUnlock.as_view(), name="carried_unlock"),
    path(f"{_ASSIGNMENT}cells/block/", views.BlockSave.as_view(), name="block_save"),
    path(f"{_ASSIGNMENT}cells/history/", views.CellHistory.as_view(), name="cell_history"),
    path(f"{_ASSIGNMENT}choices/", views.ChoiceSearch.as_view(), name="choice_search"),
    path(f"{_ASSIGNMENT}rows/add/", views.RowAdd.as_view(), name="row_add"),
    path(f"{_ASSIGNMENT}rows/delete/", views.RowDelete.as_view(), name="row_delete"),
    path(f"{_ASSIGNMENT}rows/restore/", views.RowRestore.as_view(), name="row_restore"),
    path(f"{_ASSIGNMENT}rows/move/", views.RowMove.as_view(), name="row_move"),
    path(f"{_ASSIGNMENT}uploads/", views.UploadBegin.as_view(), name="upload_begin"),
    path(f"{_ASSIGNMENT}uploads/<uuid:upload>/", views.UploadPiece.as_view(), name="upload_piece"),
    path(f"{_ASSIGNMENT}attachments/", views.Attachments.as_view(), name="attachments"),
    path(f"{_ASSIGNMENT}files/clear/", views.FileClear.as_view(), name="file_clear"),
    path(f"{_ASSIGNMENT}files/restore/", views.FileRestore.as_view(), name="file_restore"),
    path(f"{_ASSIGNMENT}evidence/remove/", views.EvidenceRemove.as_view(), name="evidence_remove"),
    path(
        f"{_ASSIGNMENT}evidence/restore/", views.EvidenceRestore.as_view(), name="evidence_restore"
    ),
    path("files/<uuid:pk>/", views.FileDownload.as_view(), name="file_download"),
    path("links/<uuid:pk>/", views.LinkCopy.as_view(), name="link_copy"),
    path(f"{_ASSIGNMENT}below/", views.FiguresFromBelow.as_view(), name="figures_from_below"),
    path(f"{_ASSIGNMENT}check/", views.CheckAnswers.as_view(), name="check_answers"),
    path(f"{_ASSIGNMENT}send/", views.ResponseSend.as_view(), name="response_send"),
    path(f"{_ASSIGNMENT}sign/", views.ResponseSign.as_view(), name="response_sign"),
    path(f"{_ASSIGNMENT}sign/file/", views.SignedPdfHandIn.as_view(), name="signed_pdf_hand_in"),
    path(f"{_ASSIGNMENT}sign/state/", views.SignedPdfState.as_view(), name="signed_pdf_state"),
    path("signed-pdfs/<uuid:pk>/", views.SignedPdfDownload.as_view(), name="signed_pdf_download"),
    path(f"{_ASSIGNMENT}approve/", views.ResponseApprove.as_view(), name="response_approve"),
    path(
        f"{_ASSIGNMENT}differences/",
        views.ResponseDifferences.as_view(),
        name="response_differences",
    ),
    path(f"{_ASSIGNMENT}return/", views.ResponseReturn.as_view(), name="response_return"),
    path(f"{_ASSIGNMENT}workbook/", WorkbookDownload.as_view(), name="workbook_download"),
    path(f"{_ASSIGNMENT}workbook/upload/", WorkbookUploadView.as_view(), name="workbook_upload"),
    path(
        f"{_ASSIGNMENT}workbook/upload/<uuid:upload>/",
        WorkbookPreviewView.as_view(),
        name="workbook_preview",
    ),
    path(
        f"{_ASSIGNMENT}workbook/upload/<uuid:upload>/marked/",
        WorkbookMarkedView.as_view(),
        name="workbook_marked",
    ),
    path(f"{_ASSIGNMENT}receipt/", views.ResponseReceipt.as_view(), name="response_receipt"),
]
