"""Everything that changes indices, their versions, tables and runs."""

from analytics.indices.services.definitions import (
    DefinitionInvalid,
    FindingsLeft,
    IndexCodeInvalid,
    IndexCodeTaken,
    IndexNameMissing,
    Start,
    VersionChanged,
    VersionFrozen,
    create_index,
    fork_version,
    freeze_version,
    save_draft,
)
from analytics.indices.services.runs import (
    AnswersConfidential,
    Choices,
    RoundOfAnother,
    RunComputed,
    VersionNotFrozen,
    fetch_tables,
    request_run,
    stop_run,
    store_results,
)
from analytics.indices.services.tables import (
    TableUnfit,
    keep_table,
    remove_table,
)

__all__ = [
    "AnswersConfidential",
    "Choices",
    "DefinitionInvalid",
    "FindingsLeft",
    "IndexCodeInvalid",
    "IndexCodeTaken",
    "IndexNameMissing",
    "RoundOfAnother",
    "RunComputed",
    "Start",
    "TableUnfit",
    "VersionChanged",
    "VersionFrozen",
    "VersionNotFrozen",
    "create_index",
    "fetch_tables",
    "fork_version",
    "freeze_version",
    "keep_table",
    "remove_table",
    "request_run",
    "save_draft",
    "stop_run",
    "store_results",
]
