"""Data tables: the fields of a batch and their types."""

import pyarrow as pa
import pytest

from exporters.tables import Column, ColumnKind, DataTable, fields_of, marks_of, schema_of

COLUMNS = (
    Column(name="unit", kind=ColumnKind.TEXT),
    Column(name="staff", kind=ColumnKind.NUMBER, missing={"NA": "Không có số liệu"}),
)


def test_a_column_with_missing_codes_is_followed_by_its_marks():
    assert fields_of(COLUMNS) == ("unit", "staff", marks_of("staff"))


def test_the_schema_has_a_type_for_every_field():
    texts = pa.dictionary(pa.int32(), pa.string())

    assert schema_of(COLUMNS) == pa.schema(
        [("unit", texts), ("staff", pa.float64()), (marks_of("staff"), texts)]
    )


@pytest.mark.parametrize("name", ["unit", marks_of("staff")])
def test_two_fields_of_one_name_are_refused(name):
    columns = (*COLUMNS, Column(name=name, kind=ColumnKind.TEXT))

    with pytest.raises(ValueError, match="more than one field"):
        DataTable(name="t", title="T", columns=columns, batches=lambda: iter(()), rows=0)
