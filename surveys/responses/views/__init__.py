"""Pages and acts of filling in, sending, signing and returning."""

from surveys.responses.views.attachments import (
    Attachments,
    EvidenceRemove,
    EvidenceRestore,
    FileClear,
    FileRestore,
)
from surveys.responses.views.blocks import BlockSave
from surveys.responses.views.cells import CellHistory, CellSave
from surveys.responses.views.check import (
    AssignmentDetail,
    CheckAnswers,
    ResponseSend,
    ResponseStart,
)
from surveys.responses.views.choices import ChoiceSearch
from surveys.responses.views.comments import (
    CommentCounts,
    Comments,
    CommentsResolve,
    CommentWithdraw,
)
from surveys.responses.views.comparing import ResponseDifferences
from surveys.responses.views.delegating import (
    DelegationDone,
    DelegationDue,
    DelegationReopen,
    DelegationWithdraw,
    DivisionView,
)
from surveys.responses.views.digital import SignedPdfDownload, SignedPdfHandIn, SignedPdfState
from surveys.responses.views.downloads import FileDownload, LinkCopy
from surveys.responses.views.earlier import EarlierValues
from surveys.responses.views.from_below import FiguresFromBelow
from surveys.responses.views.home import Home
from surveys.responses.views.keeping import CarriedUnlock, ProposalKeep
from surveys.responses.views.moving import (
    RoundMovesView,
    RoundVersionChangeView,
    RoundVersionView,
)
from surveys.responses.views.presence import ResponseHere
from surveys.responses.views.receipt import ResponseReceipt
from surveys.responses.views.returning import ResponseReturn
from surveys.responses.views.rows import RowAdd, RowDelete, RowMove, RowRestore
from surveys.responses.views.section import SectionChanges, SectionView
from surveys.responses.views.sign import ResponseApprove, ResponseSign
from surveys.responses.views.uploading import UploadBegin, UploadPiece

__all__ = [
    "AssignmentDetail",
    "Attachments",
    "BlockSave",
    "CarriedUnlock",
    "CellHistory",
    "CellSave",
    "CheckAnswers",
    "ChoiceSearch",
    "CommentCounts",
    "CommentWithdraw",
    "Comments",
    "CommentsResolve",
    "DelegationDone",
    "DelegationDue",
    "DelegationReopen",
    "DelegationWithdraw",
    "DivisionView",
    "EarlierValues",
    "EvidenceRemove",
    "EvidenceRestore",
    "FiguresFromBelow",
    "FileClear",
    "FileDownload",
    "FileRestore",
    "Home",
    "LinkCopy",
    "ProposalKeep",
    "ResponseApprove",
    "ResponseDifferences",
    "ResponseHere",
    "ResponseReceipt",
    "ResponseReturn",
    "ResponseSend",
    "ResponseSign",
    "ResponseStart",
    "RoundMovesView",
    "RoundVersionChangeView",
    "RoundVersionView",
    "RowAdd",
    "RowDelete",
    "RowMove",
    "RowRestore",
    "SectionChanges",
    "SectionView",
    "SignedPdfDownload",
    "SignedPdfHandIn",
    "SignedPdfState",
    "UploadBegin",
    "UploadPiece",
]
