"""Single answers as files: a workbook by itself, a data format as a package. For tasks: loads pyarrow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from exporters.codebooks.gathering import codebook_of
from exporters.codebooks.model import Codebook, Licence
from exporters.files import FORMATS
from exporters.order import Order, Progress
from exporters.packages.details import PackageDetails
from exporters.packages.words import both
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The tables of a file of single answers, by which plan, what they are called, and what they mean."""

    tables: Sequence[DataTable]
    plan: ColumnPlan
    title: str
    codebook: Codebook


def write_raw(order: Order, out: Path, progress: Progress) -> None:
    """The raw data of the ordered round and those beside it. Raises PlanInvalid."""
    plan = plan_of(order.options, order.language)
    rounds = (order.round, *order.beside)
    # What was published of the round are figures: their licence is none for single answers.
    codebook = codebook_of(rounds, order.audience, as_of=order.as_of, is_published=False)
    title = title_of(rounds, plan)
    with raw_tables(rounds, plan, progress) as tables:
        answers = Answers(tables=tables, plan=plan, title=title, codebook=codebook)
        write_answers(answers, out, order, progress)


def write_answers(answers: Answers, out: Path, order: Order, progress: Progress) -> None:
    """The tables in the ordered format: a workbook with a sheet for each, or a package with README,
    licence and the codebook of exactly these tables, which says what each column became in the file.
    """
    tables, plan = answers.tables, answers.plan
    overall = Overall(progress, sum(each.rows for each in tables))
    if FORMATS[order.format] is WORKBOOK:
        heading = Heading(answers.title, order.as_of, order.language)
        write_workbook(tables, out, heading, plan, overall)
        return
    details = PackageDetails(
        title={"vi": answers.title, "en": answers.title},
        language=order.language,
        as_of=order.as_of,
        options=options_of(order.format),
        heads=partial(under_header, header=plan.header) if order.format in HEADED else None,
    )
    write_package(out, tables, answers.codebook, order.format, details, overall)


def by_approval(codebook: Codebook) -> Codebook:
    """The codebook of answers that one person was given: the licence of what was published is none for
    them."""
    licence = Licence(name=both("by_approval"))
    first, *others = (replace(each, licence=licence) for each in codebook.studies)
    return replace(codebook, study=first, others=tuple(others))
