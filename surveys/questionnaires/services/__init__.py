"""Everything that changes questionnaires; the only way to do so."""

from surveys.questionnaires.services.codes import CodeInvalid, CodeTaken
from surveys.questionnaires.services.creating import (
    DraftExists,
    TitleInvalid,
    create_questionnaire,
    start_draft,
)
from surveys.questionnaires.services.drafts import NotADraft
from surveys.questionnaires.services.editing import (
    EditConflict,
    Edited,
    EditIdTaken,
    EditRefused,
    NothingToUndo,
    edit_draft,
    give_up_undo,
    redo,
    undo,
)
from surveys.questionnaires.services.versions import (
    NamesChanged,
    NoteUnstorable,
    OwnedByAnother,
    VersionNotPublishable,
    VersionNotRetirable,
    WorkbookRefused,
    import_workbook,
    plain,
    publish,
    retire,
)

__all__ = [
    "CodeInvalid",
    "CodeTaken",
    "DraftExists",
    "EditConflict",
    "EditIdTaken",
    "EditRefused",
    "Edited",
    "NamesChanged",
    "NotADraft",
    "NoteUnstorable",
    "NothingToUndo",
    "OwnedByAnother",
    "TitleInvalid",
    "VersionNotPublishable",
    "VersionNotRetirable",
    "WorkbookRefused",
    "create_questionnaire",
    "edit_draft",
    "give_up_undo",
    "import_workbook",
    "plain",
    "publish",
    "redo",
    "retire",
    "start_draft",
    "undo",
]
