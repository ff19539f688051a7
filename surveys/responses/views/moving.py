"""Moving the drafts of a round to a newer version: what would become of them, and what became."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.audit.enums import Event
from surveys.background.enums import PENDING
from surveys.background.queries import jobs_about
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.pages import round_crumbs
from surveys.campaigns.queries import versions_asked
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.engine import Fate, Form
from surveys.organisations.requests import person_of
from surveys.questionnaires import comparison
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import changes_between, form_of, versions
from surveys.rendering import name_of
from surveys.responses.models import DraftMove, Response
from surveys.responses.moves import drafts_to_move, foretell, moves_of

Item = TypeVar("Item")
TASK: Final = "surveys.responses.tasks.migrate_drafts"
PAGE_SIZE: Final = 25
SHOWN_CHANGES: Final = 20
AT_RISK: Final = frozenset({Fate.DROPPED, Fate.REVIEW})


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One draft of the table; the last two name questions of the older version."""

    agency: str
    number: int
    kept: int
    converted: int
    review: tuple[str, ...]
    dropped: tuple[str, ...]


class RoundVersionMixin(RoundMixin):
    """A page or act of one round and a version of its questionnaire."""

    permission_required = Permission.ROUND_CHANGE_VERSION

    @cached_property
    def asking(self) -> list[QuestionnaireVersion]:
        """What the round asks now: of its own questionnaire first, then of its variants."""
        return versions_asked(self.round)

    @cached_property
    def now(self) -> QuestionnaireVersion:
        """What the round asks now of the questionnaire that the address names, else of its own."""
        code = self.request.GET.get("form", "")
        if not code:
            return self.asking[0]
        found = (each for each in self.asking if each.questionnaire.code == code)
        if (version := next(found, None)) is None:
            raise Http404
        return version

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The version of the address."""
        return get_object_or_404(versions(self.now.questionnaire), number=self.kwargs["number"])

    def form_query(self, **further: int) -> str:
        """The questionnaire in question for the addresses of these pages; nothing for the first."""
        is_own = self.now.questionnaire_id == self.asking[0].questionnaire_id
        query = urlencode(({} if is_own else {"form": self.now.questionnaire.code}) | further)
        return f"?{query}" if query else ""

    def lines_of(self, found: Iterable[Item], line: Callable[[Item], MoveLine]) -> list[MoveLine]:
        """A line for each agency; none where its answers are confidential, even in part."""
        return [] if self.round.campaign.is_confidential else [line(each) for each in found]

    def get_round_context(self) -> dict[str, Any]:
        """The crumbs lead back to the round."""
        crumbs = round_crumbs(self.round)
        overview = (crumbs[-1][0], reverse("round_overview", args=[self.round.code]))
        return super().get_round_context() | {
            "crumbs": [*crumbs[:-1], overview, (_("Version of the questionnaire"), "")],
            "now": self.now,
            "asking": self.asking,
            "form_query": self.form_query(),
        }


class RoundVersionView(RoundVersionMixin, TemplateView):
    """What moving to a newer version would mean, before anybody is moved."""

    template_name = "responses/round_version.html"

    @cached_property
    def newer(self) -> list[QuestionnaireVersion]:
        """The versions that the round may ask from now on, the newest first; the one it asks already
        only while drafts are left behind.
        """
        now = self.now
        published = versions(now.questionnaire).filter(
            status=VersionStatus.PUBLISHED, number__gte=now.number
        )
        is_behind = drafts_to_move(self.round, now).exists()
        return [each for each in published if each.number > now.number or is_behind]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        chosen = self._chosen()
        if chosen is None:
            return context | {"chosen": None, "newer": []}
        drafts = drafts_to_move(self.round, chosen)
        page_obj = Paginator(drafts, PAGE_SIZE).get_page(self.request.GET.get("page"))
        base = drafts.order_by("version__number").first()
        older = base.version if base else self.now
        return context | {
            "chosen": chosen,
            "newer": self.newer,
            "older": older,
            "may_move": self.round.status == RoundStatus.OPEN,
            "not_started": _not_started(self.round, chosen),
            "signed": _left_alone(self.round, chosen),
            "page_obj": page_obj,
            "lines": self.lines_of(page_obj, lambda draft: self._line(draft, chosen)),
            **_changes(older, chosen),
        }

    def _chosen(self) -> QuestionnaireVersion | None:
        wanted = self.request.GET.get("to", "")
        if not wanted:
            return self.newer[0] if self.newer else None
        found = next((each for each in self.newer if str(each.number) == wanted), None)
        if found is None:
            raise Http404
        return found

    def _line(self, draft: Response, version: QuestionnaireVersion) -> MoveLine:
        fates = foretell(draft, version, at=self.at)
        form, language = form_of(draft.version), self.request.LANGUAGE_CODE
        return MoveLine(
            agency=draft.assignment.agency.localised_name,
            number=draft.version.number,
            kept=len(fates.kept),
            converted=len(fates.converted),
            review=places_in_words(form, fates.review, language),
            dropped=places_in_words(form, fates.dropped, language),
        )


class RoundVersionChangeView(RoundVersionMixin, ObjectActionView):
    """Lets the round ask the version; the drafts follow in the background."""

    success_message = gettext_lazy("The drafts are being moved. You may leave this page.")

    def perform(self, target: Round) -> None:
        campaigns.change_version(target, self.version, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Round) -> str:
        report = reverse("round_moves", args=[target.code, self.version.number])
        return f"{report}{self.form_query()}"


class RoundMovesView(RoundVersionMixin, TemplateView):
    """The report of a move: agency by agency, as long as the round is kept."""

    template_name = "responses/round_moves.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moves = moves_of(self.round, self.version)
        page_obj: Page[DraftMove] = Paginator(moves, PAGE_SIZE).get_page(
            self.request.GET.get("page")
        )
        job = (
            jobs_about(self.round, TASK)
            .filter(event__kind=Event.ROUND_VERSION_CHANGED, payload__version=self.version.pk)
            .first()
        )
        return super().get_context_data(
            **self.get_round_context(),
            version=self.version,
            again_query=self.form_query(to=self.version.number),
            job=job,
            is_pending=job is not None and job.status in PENDING,
            moved=page_obj.paginator.count,
            to_review=moves.exclude(review=[]).count(),
            with_losses=moves.exclude(dropped=[]).count(),
            left=drafts_to_move(self.round, self.version).count(),
            page_obj=page_obj,
            lines=self.lines_of(page_obj, self._line),
            **kwargs,
        )

    def _line(self, move: DraftMove) -> MoveLine:
        form, language = form_of(move.from_version), self.request.LANGUAGE_CODE
        return MoveLine(
            agency=move.response.assignment.agency.localised_name,
            number=move.from_version.number,
            kept=move.kept,
            converted=len(move.converted),
            review=places_in_words(form, move.review, language),
            dropped=places_in_words(form, move.dropped, language),
        )


def places_in_words(form: Form, paths: Sequence[str], language: str) -> tuple[str, ...]:
    """The questions of the paths, each once, with the number of its cells where there are several."""
    counts = Counter((path.partition("/")[0], path.rpartition("/")[2]) for path in paths)
    return tuple(
        _counted(_place(form, owner, name, language), number)
        for (owner, name), number in counts.items()
    )


def _place(form: Form, owner: str, name: str, language: str) -> str:
    label = name_of(form, form.element(name), language)
    return label if owner == name else f"{name_of(form, form.element(owner), language)}, {label}"


def _counted(place: str, number: int) -> str:
    if number == 1:
        return place
    words = ngettext("%(place)s (%(number)s cell)", "%(place)s (%(number)s cells)", number)
    return words % {"place": place, "number": number}


def _changes(older: QuestionnaireVersion, newer: QuestionnaireVersion) -> dict[str, Any]:
    """The changes by class, and the first of those that touch answers."""
    changes = changes_between(older, newer)
    risky = [change for change in comparison.gravest_first(changes) if change.fate in AT_RISK]
    before, after = form_of(older).definition, form_of(newer).definition
    return {
        "counts": comparison.counted(changes),
        "risks": comparison.worded(risky[:SHOWN_CHANGES], before, after),
        "more_risks": max(len(risky) - SHOWN_CHANGES, 0),
    }


def _not_started(round_: Round, version: QuestionnaireVersion) -> int:
    return _older(round_, version).filter(status=AssignmentStatus.NOT_STARTED).count()


def _left_alone(round_: Round, version: QuestionnaireVersion) -> int:
    """How many have sent or signed what they answered under an older version."""
    at_work = (AssignmentStatus.NOT_STARTED, AssignmentStatus.DRAFT, AssignmentStatus.RETURNED)
    return _older(round_, version).exclude(status__in=at_work).count()


def _older(round_: Round, version: QuestionnaireVersion) -> QuerySet[Assignment]:
    """The agencies that are asked an older version of the same questionnaire."""
    return Assignment.objects.filter(
        round=round_,
        version__questionnaire=version.questionnaire_id,
        version__number__lt=version.number,
    )
