"""Reading comments: by place, by section, and who may be named in one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from surveys.engine import Form
from surveys.organisations.models import Substitution, User
from surveys.responses.comments.models import Comment


@dataclass(frozen=True, slots=True)
class Talk:
    """How many comments a place has, withdrawn ones left out, and how many of them are open."""

    said: int
    open: int


@dataclass(frozen=True, slots=True)
class Talks:
    """The comments of a response, counted by path; paths that the form lacks are among them."""

    by_path: Mapping[str, Talk] = field(default_factory=dict)

    def open_by_section(self, form: Form) -> dict[str, int]:
        """How many open comments each section has; sections without any are left out."""
        found: dict[str, int] = {}
        for path, talk in self.by_path.items():
            if talk.open and has_place(form, path):
                section = form.section_of(path)
                found[section] = found.get(section, 0) + talk.open
        return found


def talks_of(assignment_id: int) -> Talks:
    """The comments of an assignment's response in numbers, in one query."""
    rows = (
        Comment.objects.filter(response__assignment=assignment_id, withdrawn_at__isnull=True)
        .order_by()
        .values_list("path")
        .annotate(said=Count("pk"), unresolved=Count("pk", filter=Q(resolved_at__isnull=True)))
    )
    return Talks({path: Talk(said, unresolved) for path, said, unresolved in rows})


def thread(response_id: int, path: str) -> QuerySet[Comment]:
    """What was said on a place, the oldest first."""
    said = Comment.objects.filter(response=response_id, path=path)
    return said.select_related("author", "resolved_by").prefetch_related("mentions")


def all_comments(response_id: int) -> QuerySet[Comment]:
    """Everything said on a response that was not withdrawn, place by place."""
    said = Comment.objects.filter(response=response_id, withdrawn_at__isnull=True)
    people = said.select_related("author", "resolved_by").prefetch_related("mentions")
    return people.order_by("path", "at", "pk")


def people_to_mention(agency_id: int, *, day: date) -> list[User]:
    """The agency's people with an account, whatever their role, and who stands in today; by name."""
    standing_in = Substitution.objects.in_force(day).filter(agency=agency_id)
    people = User.objects.filter(
        Q(memberships__agency=agency_id) | Q(pk__in=standing_in.values("substitute")),
        is_active=True,
    ).distinct()
    return sorted(people, key=lambda each: (str(each).split()[-1:], str(each), each.pk))


def has_place(form: Form, path: str) -> bool:
    """Whether the form has a question, cell, table or list there; rows are not looked up."""
    head, *between = path.split("/")
    last = between[-1] if between else head
    return len(between) in (0, 2) and head in form.parts and last in form.parts
