"""The rows of a table as pyreadstat takes them: numbers as doubles, texts as they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from exporters.arrow import Values, kernels, slices, texts_of
from exporters.formats.spss.variables import GREATEST, LONGEST_TEXT, Variable
from exporters.naming import cut
from exporters.tables import ColumnKind, DataTable, Progress, marks_of

EPOCH: Final = (date(1970, 1, 1) - date(1582, 10, 14)).days
DAY: Final = 86_400
MICRO: Final = 1_000_000

Block = npt.NDArray[Any]


def frame_of(
    table: DataTable, variables: Sequence[Variable], *, zone: str, progress: Progress
) -> pd.DataFrame:
    """All rows. Days and moments are seconds since 1582-10-14, moments by the wall clock of ``zone``."""
    blocks: list[Block] = [
        np.empty(table.rows, dtype=object if each.is_text else np.float64) for each in variables
    ]
    done = 0
    for batch in slices(table.batches()):
        end = done + batch.num_rows
        for variable, block in zip(variables, blocks, strict=True):
            values = batch.column(variable.column.name)
            marks = (
                batch.column(marks_of(variable.column.name)) if variable.column.missing else None
            )
            made = _texts if variable.is_text else _numbers
            block[done:end] = made(variable, values, marks, zone)
        done = end
        progress(done, table.rows, table.title)
    named = {each.name: block for each, block in zip(variables, blocks, strict=True)}
    return pd.DataFrame(named, copy=False)


def _texts(variable: Variable, values: Values, marks: Values | None, _zone: str) -> Block:
    texts = _objects(values if variable.column.kind is not ColumnKind.INTEGER else texts_of(values))
    if marks is not None:
        coded = _objects(marks)
        absent = values.is_null().to_numpy(zero_copy_only=False)
        texts[absent] = coded[absent]
    return texts


def _objects(values: Values) -> Block:
    """Texts as Python objects, "" for null; of a dictionary each is made once."""
    coded = values if isinstance(values, pa.DictionaryArray) else None
    told = coded.dictionary.to_pylist() if coded is not None else values.to_pylist()
    made = np.empty(len(told) + 1, dtype=object)
    made[:] = [*(_sound(text) for text in told), ""]
    if coded is None:
        return made[:-1]
    return made[kernels.fill_null(coded.indices.cast(pa.int64()), len(told)).to_numpy()]  # type: ignore[no-any-return]


def _sound(text: str | None) -> str:
    if not text:
        return ""
    is_short = len(text) * 4 <= LONGEST_TEXT and "\0" not in text
    return text if is_short else cut(text, size=LONGEST_TEXT)


def _numbers(variable: Variable, values: Values, marks: Values | None, zone: str) -> Block:
    kind = variable.column.kind
    if kind is ColumnKind.CATEGORY:
        numbers = _lookup(values, variable.numbers)
    elif kind is ColumnKind.MOMENT:
        wall = kernels.local_timestamp(values.cast(pa.timestamp("us", zone)))
        numbers = _doubles(wall.cast(pa.int64())) / MICRO + EPOCH * DAY
    elif kind is ColumnKind.DATE:
        numbers = (_doubles(values.cast(pa.int32())) + EPOCH) * DAY
    elif kind is ColumnKind.FLAG:
        numbers = _doubles(values.cast(pa.int8()))
    else:
        numbers = _doubles(values)
    numbers[~(np.abs(numbers) <= GREATEST)] = np.nan
    if marks is not None:
        absent = values.is_null().to_numpy(zero_copy_only=False)
        numbers[absent] = _lookup(marks, variable.numbers)[absent]
    return numbers


def _doubles(values: Values) -> npt.NDArray[np.float64]:
    """A copy as doubles, nan for null."""
    told = values.cast(pa.float64(), safe=False)
    return np.array(told.to_numpy(zero_copy_only=False), dtype=np.float64)


def _lookup(values: Values, numbers: Mapping[str, int]) -> npt.NDArray[np.float64]:
    """The number of each code; nan where there is none."""
    coded = values if isinstance(values, pa.DictionaryArray) else values.dictionary_encode()
    known = [float(numbers.get(str(code), np.nan)) for code in coded.dictionary.to_pylist()]
    table = np.array([*known, np.nan])
    found: npt.NDArray[np.float64] = table[
        kernels.fill_null(coded.indices.cast(pa.int64()), len(known)).to_numpy()
    ]
    return found
