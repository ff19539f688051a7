"""Whose a part of the form is, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from surveys.engine import Form, Question
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.parts import leaves
from surveys.responses.delegation.queries import Share
from surveys.responses.views.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class Others:
    """What is only to be read because others answer it.

    ``sections`` says of the sections that are wholly others' who does them, by name; ``places`` says
    it of questions, tables and repeats, with "" where the section says it for all.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def others_of(share: Share) -> Others:
    """What the person of the share only reads: others' parts, and what a return does not cite."""
    form = _form(share)
    if form is None:
        return Others()
    sections: dict[str, str] = {}
    places: dict[str, str] = {}
    for section in form.sections:
        inside = list(leaves(section.elements))
        theirs = {
            element.name: _why(share, element.name)
            for element in inside
            if not share.covers(element.name)
        }
        if inside and len(theirs) == len(inside):
            said, *more = sorted(set(theirs.values()) - {""}) or [""]
            sections[section.name] = _("Others do this section: you read it.") if more else said
            if not more:
                theirs = dict.fromkeys(theirs, "")
        places |= theirs
    return Others(sections, places)


def _form(share: Share) -> Form | None:
    """The form, where the share is not all of it."""
    if share.division is not None:
        return share.division.form
    return None if share.unlocked is None else share.unlocked.form


def _why(share: Share, name: str) -> str:
    if not share.is_open(name):
        form = _form(share)
        part = form.parts[name] if form is not None else None
        if part is not None and isinstance(part.element, Question) and not part.is_asked:
            return ""  # what is computed follows from what was returned
        return _("Not returned to be corrected: it stays as it was sent.")
    return answered_by(share.holder(name))


def answered_by(holder: Delegation | None) -> str:
    """Who does a part, in a sentence."""
    if holder is None:
        return _("Nobody has been given this part yet: you read it.")
    return _("%(person)s does this part: you read it.") % {"person": holder.who}


def told_apart(rows: Iterable[TaskRow], others: Others) -> tuple[TaskRow, ...]:
    """The rows of the task list, own sections told from the others'."""
    return tuple(replace(row, is_own=row.name not in others.sections) for row in rows)


def own_first(rows: Iterable[TaskRow], others: Others) -> tuple[TaskRow, ...]:
    """The task list with the own sections at its beginning."""
    return tuple(sorted(told_apart(rows, others), key=lambda row: not row.is_own))
