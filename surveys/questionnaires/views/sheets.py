"""The table editor: a table of the draft as a spreadsheet, and what a pasted block would make of it."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.definitions.editing import EditError, Tree
from surveys.questionnaires import services
from surveys.questionnaires.drafting.arguments import Arguments
from surveys.questionnaires.drafting.headings import RemarkCode
from surveys.questionnaires.drafting.table_pasting import PASTED_KINDS, Pasted, pasted_into
from surveys.questionnaires.outline import KINDS
from surveys.questionnaires.sheets import holder_uid, sheet_of
from surveys.questionnaires.views.drafts import DraftMixin
from surveys.questionnaires.views.fragments import read_body, refusal_answer

SHOWN: Final = 40
"""Columns and rows of a preview; the others are counted."""
REMARKS: Final[Mapping[RemarkCode, Promise]] = {
    RemarkCode.CORNER: _("The corner of the block stays aside"),
    RemarkCode.NUMBERING: _("The numbering of the columns stays aside"),
    RemarkCode.VALUES: _("Figures and texts inside the block stay aside"),
    RemarkCode.FORMULA: _("Formulas stay aside"),
    RemarkCode.TOO_MANY: _("Too many at once; paste the rest afterwards"),
    RemarkCode.LIST_HEAD: _("The headings of the list stay aside"),
    RemarkCode.REPEATED: _("The label stands more than once"),
}


class DraftSheetView(DraftMixin, View):
    """The table that a node is or belongs to."""

    def get(self, request: HttpRequest, uid: str, **_kwargs: Any) -> HttpResponse:
        """The fragment; nothing for a node of no table."""
        tree = Tree(self.draft.definition)
        holder = holder_uid(tree, uid)
        if not holder:
            return HttpResponse(status=204)
        first = request.GET.get("first", "0")
        sheet = sheet_of(
            tree,
            holder,
            self.reader.language,
            first=int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 0,
        )
        return render(request, "questionnaires/builder/_sheet.html", {"sheet": sheet})


class DraftSheetPasteView(DraftMixin, View):
    """What a pasted block would make of a table. Changes nothing."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The fragment, or a refusal."""
        try:
            pasted = self._pasted(read_body(request))
        except DomainError as refusal:
            return refusal_answer(refusal)
        context = {
            "pasted": pasted,
            "columns": pasted.columns[:SHOWN],
            "rows": pasted.rows[:SHOWN],
            "more_columns": max(0, len(pasted.columns) - SHOWN),
            "more_rows": max(0, len(pasted.rows) - SHOWN),
            "kinds": [(kind.value, KINDS[kind]) for kind in PASTED_KINDS],
            "remarks": [
                (REMARKS[each.code], each.text, len(each.cells)) for each in pasted.remarks[:SHOWN]
            ],
        }
        return render(request, "questionnaires/builder/_sheet_pasted.html", context)

    def _pasted(self, body: dict[str, Any]) -> Pasted:
        try:
            return pasted_into(Tree(self.draft.definition), Arguments(body))
        except EditError as failure:
            raise services.EditRefused(failure) from failure
