"""Everything that changes a response; the only way to do so."""

from surveys.responses.services.cells import (
    CellEdit,
    Conflict,
    RefusedEdit,
    SaveOutcome,
    SaveStatus,
)
from surveys.responses.services.comparing import CellReadOnly, MissingCodeNotAllowed
from surveys.responses.services.drafts import (
    AnswersLocked,
    EditIdInvalid,
    EditIdReused,
    RoundClosedForEditing,
)
from surveys.responses.services.freezing import is_intact
from surveys.responses.services.migrating import (
    Moved,
    VersionNotNewer,
    migrate_draft,
    migrate_drafts,
)
from surveys.responses.services.rows import (
    RowNotDeleted,
    RowsNotAddable,
    RowUnknown,
    TooManyRows,
    add_row,
    delete_row,
    move_row,
    restore_row,
    row_id_of,
)
from surveys.responses.services.saving import (
    PathUnknown,
    TextTooLong,
    TextUnstorable,
    TooManyEdits,
    save_cells,
)
from surveys.responses.services.signing import (
    AlreadySigned,
    ChangedSinceSeen,
    ReasonRequired,
    RoundEnded,
    UnresolvedChecks,
    return_to_draft,
    send_for_signature,
    sign,
)
from surveys.responses.services.starting import start

__all__ = [
    "AlreadySigned",
    "AnswersLocked",
    "CellEdit",
    "CellReadOnly",
    "ChangedSinceSeen",
    "Conflict",
    "EditIdInvalid",
    "EditIdReused",
    "MissingCodeNotAllowed",
    "Moved",
    "PathUnknown",
    "ReasonRequired",
    "RefusedEdit",
    "RoundClosedForEditing",
    "RoundEnded",
    "RowNotDeleted",
    "RowUnknown",
    "RowsNotAddable",
    "SaveOutcome",
    "SaveStatus",
    "TextTooLong",
    "TextUnstorable",
    "TooManyEdits",
    "TooManyRows",
    "UnresolvedChecks",
    "VersionNotNewer",
    "add_row",
    "delete_row",
    "is_intact",
    "migrate_draft",
    "migrate_drafts",
    "move_row",
    "restore_row",
    "return_to_draft",
    "row_id_of",
    "save_cells",
    "send_for_signature",
    "sign",
    "start",
]
