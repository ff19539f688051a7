"""What the right pane asks for beside edits."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.definitions.editing import Sort, Tree
from surveys.questionnaires.drafting.choices import pasted_into
from surveys.questionnaires.drafting.pasted import Finding, Flaw, Pasted
from surveys.questionnaires.views.drafts import DraftMixin
from surveys.questionnaires.views.fragments import read_body, refusal_answer

MAX_SHOWN: Final = 8
FLAWS: Final[Mapping[Flaw, Promise]] = {
    Flaw.CODE_BLANK: _("Row %(row)s: the code “%(text)s” has a blank."),
    Flaw.CODE_TWICE: _("Row %(row)s: the code “%(text)s” is taken."),
    Flaw.CODE_MISSING: _("Row %(row)s has no code."),
    Flaw.SCORE_UNREADABLE: _("Row %(row)s: the score “%(text)s” is no number."),
    Flaw.TOO_MANY: _("There are too many rows; a list holds at most 20,000."),
    Flaw.NOTHING: _("Nothing was pasted yet."),
}


class DraftPastedView(DraftMixin, View):
    """What a pasted block would make of a choice list; nothing is changed."""

    def post(self, request: HttpRequest, uid: str, **_kwargs: Any) -> HttpResponse:
        """The preview as a fragment. JSON: ``text``, ``replace``."""
        tree = Tree(self.draft.definition)
        if uid not in tree or tree.sort(uid) is not Sort.LIST:
            raise Http404
        try:
            body = read_body(request)
        except DomainError as refusal:
            return refusal_answer(refusal)
        replace = body.get("replace") is True
        pasted = pasted_into(tree, uid, str(body.get("text", "")), replace=replace)
        context = preview(pasted, tree.node(uid)["choices"], replace=replace)
        return render(request, "questionnaires/builder/props/pasted.html", context)


def preview(pasted: Pasted, present: list[dict[str, Any]], *, replace: bool) -> dict[str, Any]:
    """What is shown of pasted choices beside those of the list."""
    codes = {each.code for each in pasted.choices}
    known = {str(choice["name"]) for choice in present}
    return {
        "choices": [
            {"code": each.code, "label": " · ".join(each.label.values()), "score": each.score}
            for each in pasted.choices[:MAX_SHOWN]
        ],
        "more": max(0, len(pasted.choices) - MAX_SHOWN),
        "total": len(pasted.choices),
        "new": len(codes - known),
        "kept": len(codes & known),
        "lost": len(known - codes) if replace else 0,
        "findings": [said(each) for each in pasted.findings[:MAX_SHOWN]],
        "is_fit": not pasted.findings,
    }


def said(finding: Finding) -> str:
    """A finding in the reader's language."""
    return str(FLAWS[finding.flaw]) % {"row": finding.row, "text": finding.text}
