"""Lookup tables are attached to a draft, replaced and removed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import DataTable, Problem, columns_of, digest, lookup_users, rows_of
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of, tables_of
from surveys.questionnaires.services.drafts import held_draft
from surveys.questionnaires.services.versions import plain
from surveys.xlsform.table_files import read_table_file


class TableRefused(DomainError):
    """The file is no table, or the name is taken; ``problems`` say where and why."""

    code = "table_refused"
    message = _("The table has errors; nothing was written.")
    status = 422

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems=[plain(problem) for problem in problems])
        self.problems = problems


class TableUnknown(DomainError):
    """The draft has no table of that name."""

    code = "table_unknown"
    message = _("The questionnaire has no such lookup table.")
    status = 404


class TableInUse(DomainError):
    """Expressions read the table."""

    code = "table_in_use"
    message = _("The table is in use and cannot be removed.")

    def __init__(self, users: tuple[str, ...]) -> None:
        text = _("The table is in use and cannot be removed. It is read by: %(names)s.")
        super().__init__(str(text) % {"names": ", ".join(users)})
        self.users = users


class TableDiffers(DomainError):
    """The draft has another table of the name."""

    code = "table_differs"

    def __init__(self, name: str) -> None:
        text = _("The draft has another lookup table called %(name)s. Rename or remove it first.")
        super().__init__(str(text) % {"name": name})


def attach_table(
    version: QuestionnaireVersion,
    *,
    name: str,
    data: bytes,
    filename: str,
    actor: User | None,
    at: datetime,
) -> DataTable:
    """Give a draft the table of a file, in place of one of the same name.

    Raises TableRefused, nothing is written then, and NotADraft. The file is read before the
    transaction begins.
    """
    read = read_table_file(data, filename, name)
    if read.table is None:
        raise TableRefused(read.problems)
    table = read.table
    with transaction.atomic():
        draft = held_draft(version)
        before = tables_of(draft).get(name)
        _store(draft, {**_documents(draft), name: {"name": name, "text": table.text}}, at=at)
        at_name = f"lookups/{name}"
        if found := tuple(each for each in form_of(draft).problems if each.at == at_name):
            raise TableRefused(found)
        audit.record(
            Event.QUESTIONNAIRE_TABLE_ATTACHED,
            draft,
            actor=actor,
            at=at,
            data={
                **_told(draft, table),
                "filename": filename,
                "replaces": digest(before) if before else "",
            },
        )
    return table


def carry_tables(
    draft: QuestionnaireVersion, tables: dict[str, Any], *, actor: User | None, at: datetime
) -> None:
    """Give a draft the tables that copied elements read and that it lacks.

    Raises TableDiffers where it has another one of the name. The caller holds the draft.
    """
    own = _documents(draft)
    if differing := [name for name, each in tables.items() if own.get(name, each) != each]:
        raise TableDiffers(differing[0])
    missing = {name: each for name, each in tables.items() if name not in own}
    if not missing:
        return
    _store(draft, {**own, **missing}, at=at)
    for name in missing:
        data = {**_told(draft, tables_of(draft)[name]), "filename": "", "replaces": ""}
        audit.record(Event.QUESTIONNAIRE_TABLE_ATTACHED, draft, actor=actor, at=at, data=data)


@transaction.atomic
def remove_table(
    version: QuestionnaireVersion, *, name: str, actor: User | None, at: datetime
) -> None:
    """Take a table out of a draft. Raises NotADraft, TableUnknown, and TableInUse."""
    draft = held_draft(version)
    table = tables_of(draft).get(name)
    if table is None:
        raise TableUnknown
    if users := lookup_users(form_of(draft).definition, name):
        raise TableInUse(users)
    _store(draft, {key: each for key, each in _documents(draft).items() if key != name}, at=at)
    data = _told(draft, table)
    audit.record(Event.QUESTIONNAIRE_TABLE_REMOVED, draft, actor=actor, at=at, data=data)


def _documents(draft: QuestionnaireVersion) -> dict[str, Any]:
    found: dict[str, Any] = draft.definition.get("tables", {})
    return found


def _store(draft: QuestionnaireVersion, tables: dict[str, Any], *, at: datetime) -> None:
    rest = {key: each for key, each in draft.definition.items() if key != "tables"}
    draft.definition = {**rest, "tables": tables} if tables else rest
    draft.revision += 1
    draft.save(update_fields=["definition", "revision"])
    live.publish(f"draft:{draft.pk}", [], at=at)


def _told(draft: QuestionnaireVersion, table: DataTable) -> dict[str, Any]:
    return {
        "questionnaire": draft.questionnaire.code,
        "number": draft.number,
        "table": table.name,
        "columns": list(columns_of(table)),
        "rows": len(rows_of(table)),
        "sha256": digest(table),
    }
