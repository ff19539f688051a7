"""Single answers as files: a workbook by itself, a data format as a package. For tasks: loads pyarrow."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from exporters.codebooks.gathering import codebook_of
from exporters.files import FORMATS
from exporters.order import Order, Progress
from exporters.packages.details import PackageDetails
from exporters.packages.writing import write_package
from exporters.raw.plans import ColumnPlan, plan_of
from exporters.raw.writing.book import raw_tables, title_of
from exporters.raw.writing.files import (
    HEADED,
    Heading,
    Overall,
    options_of,
    under_header,
    write_workbook,
)
from exporters.tables import DataTable

WORKBOOK = FORMATS["xlsx"]


def write_raw(order: Order, out: Path, progress: Progress) -> None:
    """The raw data of the ordered round and those beside it. Raises PlanInvalid."""
    plan = plan_of(order.options, order.language)
    rounds = (order.round, *order.beside)
    with raw_tables(rounds, plan, progress) as tables:
        write_answers(tables, out, order, plan, title_of(rounds, plan), progress)


def write_answers(
    tables: Sequence[DataTable],
    out: Path,
    order: Order,
    plan: ColumnPlan,
    title: str,
    progress: Progress,
) -> None:
    """The tables in the ordered format: a workbook with a sheet for each, or a package with README,
    licence and the codebook of exactly these tables, which says what each column became in the file.
    """
    overall = Overall(progress, sum(each.rows for each in tables))
    if FORMATS[order.format] is WORKBOOK:
        heading = Heading(title, order.as_of, order.language)
        write_workbook(tables, out, heading, plan, overall)
        return
    details = PackageDetails(
        title={"vi": title, "en": title},
        language=order.language,
        as_of=order.as_of,
        options=options_of(order.format),
        heads=partial(under_header, header=plan.header) if order.format in HEADED else None,
    )
    codebook = codebook_of((order.round, *order.beside), order.audience, as_of=order.as_of)
    write_package(out, tables, codebook, order.format, details, overall)
