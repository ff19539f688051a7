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
from surveys.questionnaires.services.lookups import (
    TableInUse,
    TableRefused,
    TableUnknown,
    attach_table,
    remove_table,
)
from surveys.questionnaires.services.simulations import (
    MOST,
    SimulationImpossible,
    ask_for_simulation,
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
from surveys.questionnaires.services.xforms import (
    XFormNotReady,
    XFormOfDraft,
    ask_for_xform,
    expiry_of,
    fetch_xform,
    store_xform,
)

__all__ = [
    "MOST",
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
    "SimulationImpossible",
    "TableInUse",
    "TableRefused",
    "TableUnknown",
    "TitleInvalid",
    "VersionNotPublishable",
    "VersionNotRetirable",
    "WorkbookRefused",
    "XFormNotReady",
    "XFormOfDraft",
    "ask_for_simulation",
    "ask_for_xform",
    "attach_table",
    "create_questionnaire",
    "edit_draft",
    "expiry_of",
    "fetch_xform",
    "give_up_undo",
    "import_workbook",
    "plain",
    "publish",
    "redo",
    "remove_table",
    "retire",
    "start_draft",
    "store_xform",
    "undo",
]
