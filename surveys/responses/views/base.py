"""What the pages of one assignment share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import StepAct
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.engine import Cell, FormState
from surveys.organisations.models import User
from surveys.questionnaires.queries import form_of
from surveys.rendering import Drawing
from surveys.responses.attached import (
    Attached,
    attached_to,
    evidence_questions,
    file_questions,
)
from surveys.responses.delegation.queries import Share, share_of
from surveys.responses.models import Response
from surveys.responses.queries import TaskList, task_list
from surveys.responses.services import SaveOutcome
from surveys.responses.signoff.turns import may_act, waiting_step
from surveys.responses.unlocking import Unlocked, unlocked_in
from surveys.responses.views.attached_lines import evidence_lines, file_lines
from surveys.responses.views.deadlines import Deadline, deadline_of
from surveys.responses.views.sharing import Others, others_of
from surveys.responses.workflow import EDITABLE

DOCUMENTS: Final = ("response__answers", "response__remarks", "response__typed")


class AssignmentMixin(PermissionMixin):
    """A page or act of one assignment; a stranger gets 404."""

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment, if the person may see it."""
        visible = Assignment.objects.answers_visible_to(self.request.user)
        shown = visible.select_related("agency", "round__campaign__owner", "version", "response")
        # Of the draft its key comes along; whoever reads its answers asks for them.
        return get_object_or_404(
            shown.defer("version__definition", *DOCUMENTS), pk=self.kwargs["pk"]
        )

    def get_permission_object(self) -> Assignment:
        return self.assignment

    @property
    def user(self) -> User:
        """The person; permission has been asked before."""
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.request.LANGUAGE_CODE

    @cached_property
    def tasks(self) -> TaskList:
        """The task list with the draft it was drawn from."""
        return task_list(self.assignment, at=self.at, language=self.language)

    @property
    def response(self) -> Response | None:
        """The draft; ``None`` before somebody starts."""
        return self.tasks.response

    def require_response(self) -> Response:
        """The draft; 404 before somebody starts."""
        return get_object_or_404(
            Response.objects.select_related("saved_by"), assignment=self.assignment
        )

    def require_response_id(self) -> int:
        """The draft's key, without its answers; 404 before somebody starts."""
        if not hasattr(self.assignment, "response"):
            raise Http404
        return self.assignment.response.pk

    @cached_property
    def is_locked(self) -> bool:
        """Whether the answers are only to be read by this person at this time."""
        assignment = self.assignment
        return (
            assignment.status not in EDITABLE
            or assignment.round.status != RoundStatus.OPEN
            or self.at >= assignment.ends_at
            or not self.user.has_perm(Permission.RESPONSE_EDIT, assignment)
        )

    @cached_property
    def share(self) -> Share:
        """What of the form this person may change: own parts, and only what a return cites."""
        form = form_of(self.assignment.version)
        return replace(share_of(self.assignment, form, self.user), unlocked=self.unlocked)

    @cached_property
    def unlocked(self) -> Unlocked | None:
        """What a return leaves open, where it cites questions."""
        return unlocked_in(self.assignment, form_of(self.assignment.version))

    @cached_property
    def others(self) -> Others:
        """What this person only reads because others do it."""
        return others_of(self.share)

    def know_share(self, outcome: SaveOutcome) -> None:
        """Take the share that a save has asked for, so that it is not asked for twice."""
        if outcome.share is not None:
            self.__dict__["share"] = outcome.share

    @property
    def deadline(self) -> Deadline:
        """The deadline in words."""
        return deadline_of(self.assignment, at=self.at)

    def drawing(
        self,
        state: FormState,
        *,
        kept: Mapping[str, Cell] | None = None,
        unsaved: Mapping[str, str] | None = None,
    ) -> Drawing:
        """How this person's pages are drawn.

        ``kept`` stands in the fields instead of what is stored, and ``unsaved`` says why.
        """
        attached = self._attached(state)
        return Drawing(
            state,
            self.language,
            is_locked=self.is_locked,
            kept=kept or {},
            unsaved=unsaved or {},
            files=file_lines(attached, at=self.at),
            evidence=evidence_lines(attached, at=self.at),
            others={} if self.is_locked else self.others.places,
        )

    def _attached(self, state: FormState) -> Attached:
        """What is attached to the draft; nothing is asked where the form takes nothing."""
        if not file_questions(state.form) and not evidence_questions(state.form):
            return Attached()
        response = getattr(self.assignment, "response", None)
        return attached_to(response, state.form) if response else Attached()

    @property
    def row_urls(self) -> dict[str, str]:
        """Where rows of repeats are added, moved and deleted, and carried answers confirmed or opened."""
        acts = {
            "add": "row_add",
            "move": "row_move",
            "delete": "row_delete",
            "keep": "proposal_keep",
            "unlock": "carried_unlock",
        }
        return {act: reverse(name, args=[self.assignment.pk]) for act, name in acts.items()}

    @property
    def turn(self) -> str:
        """The name of the page on which this person decides now; empty where nobody waits for it."""
        step = waiting_step(self.assignment)
        if step is None or not may_act(self.user, self.assignment, step):
            return ""
        return "response_sign" if step.act is StepAct.SIGN else "response_approve"

    @cached_property
    def may_comment(self) -> bool:
        """Whether this person is of the agency, whose own the comments are."""
        return self.user.has_perm(Permission.RESPONSE_COMMENT, self.assignment)

    def page_context(self) -> dict[str, Any]:
        """What the templates of every page of an assignment use."""
        assignment = self.assignment
        return {
            "assignment": assignment,
            "row_urls": self.row_urls,
            "round": assignment.round,
            "title": round_title(assignment, self.language),
            "deadline": self.deadline,
            "is_locked": self.is_locked,
            "may_edit": self.user.has_perm(Permission.RESPONSE_EDIT, assignment),
            "may_send": self.user.has_perm(Permission.RESPONSE_SEND, assignment),
            "may_comment": self.may_comment,
            "may_divide": self.user.has_perm(Permission.DELEGATION_GIVE, assignment),
            "turn": self.turn,
            "has_cited": self.unlocked is not None,
        }


def round_title(assignment: Assignment, language: str) -> str:
    """The campaign's title in the reader's language."""
    campaign = assignment.round.campaign
    return (language == "en" and campaign.title_en) or campaign.title


def is_at_work(assignment: Assignment, at: datetime) -> bool:
    """Whether the assignment still waits for its agency."""
    return assignment.round.status == RoundStatus.OPEN and assignment.submitted_at is None
