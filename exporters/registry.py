"""What can be exported: one explicit tuple."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exporters.order import Subject
from surveys.common.permissions import Permission


class Holds(StrEnum):
    """What stands in a file, which decides who may have it."""

    ROWS = "rows"
    """Single answers: nobody gets them where they are confidential."""
    FIGURES = "figures"
    """Figures over several: each went through the disclosure gate for the reader's audience."""
    NAMED = "named"
    """The results of public bodies by name, as they are published."""
    METADATA = "metadata"
    """No answers at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A file that can be asked for. ``writer`` is the dotted name of an ``exporters.order.Writer``; it
    is imported in background tasks only. ``permission`` is asked of the subject when the file is
    asked for, and again whenever it is fetched.

    A file that wants more to be chosen than format and language names the ``page`` where that is done:
    an address with the code of the round. ``chosen`` is the dotted name of a function of (options,
    language) that says in a few words what was chosen; the web process calls it.

    ``says`` is a sentence about what stands in it. A file ``of_unit`` is of one unit of its run, whose
    key is the option ``unit``.

    What is ``published`` stands on the pages of data sets, for whoever has accepted the terms of use,
    and in no menu of a round; where it ``holds`` results by name, only of indices that are published so.
    """

    name: str
    label: Promise
    subject: Subject
    formats: tuple[str, ...]
    writer: str
    permission: Permission
    holds: Holds
    page: str = ""
    chosen: str = ""
    published: bool = False
    says: Promise | str = ""
    of_unit: bool = False


EXPORTERS: Final = (
    Exporter(
        name="round",
        label=_("Round as a workbook"),
        subject=Subject.ROUND,
        formats=("xlsx",),
        writer="exporters.books.round_workbook.write_round",
        permission=Permission.EXPORT_CREATE,
        holds=Holds.ROWS,
        says=_("Answers, targets, who is missing and the codebook on sheets made for reading."),
    ),
    Exporter(
        name="raw",
        label=_("Raw data"),
        subject=Subject.ROUND,
        formats=("xlsx", "csv", "parquet", "jsonl", "sav", "dta"),
        writer="exporters.packages.answers.write_raw",
        permission=Permission.EXPORT_CREATE,
        holds=Holds.ROWS,
        page="round_download",
        says=_(
            "Tables for statistics programs; you choose the columns, the labels and the rounds."
        ),
    ),
    Exporter(
        name="assessment",
        label=_("Index run as a workbook with formulas"),
        subject=Subject.RUN,
        formats=("xlsx",),
        writer="exporters.books.assessment.assembly.write_assessment",
        permission=Permission.INDEX_VALUES,
        holds=Holds.NAMED,
        says=_("Every step with live formulas: whoever changes a weight sees the index change."),
    ),
    Exporter(
        name="codebook",
        label=_("Codebook"),
        subject=Subject.ROUND,
        formats=("xml", "html", "xlsx", "json"),
        writer="exporters.codebooks.writer.write_codebook",
        permission=Permission.RESULTS_VIEW,
        holds=Holds.METADATA,
        says=_("The questions, the answers to choose from and the missing codes; XML is DDI 2.5."),
    ),
    Exporter(
        name="codebook_frequencies",
        label=_("Codebook with frequencies"),
        subject=Subject.ROUND,
        formats=("xml", "html", "xlsx", "json"),
        writer="exporters.codebooks.writer.write_codebook_with_frequencies",
        permission=Permission.RESULTS_VIEW,
        holds=Holds.FIGURES,
        says=_("The codebook, and how often each answer was given."),
    ),
    Exporter(
        name="report",
        label=_("Report of the round"),
        subject=Subject.ROUND,
        formats=("pdf",),
        writer="exporters.papers.round_report.write_round_report",
        permission=Permission.RESULTS_VIEW,
        holds=Holds.FIGURES,
        says=_("The results of the round question by question, to read and to print."),
    ),
    Exporter(
        name="profile",
        label=_("Profile of a unit"),
        subject=Subject.RUN,
        formats=("pdf",),
        writer="exporters.papers.profile.write_profile",
        permission=Permission.INDEX_VALUES,
        holds=Holds.NAMED,
        says=_("What the index says of one unit, and the answers behind it."),
        of_unit=True,
    ),
    Exporter(
        name="table",
        label=_("Table of a published round"),
        subject=Subject.RELEASE,
        formats=("xlsx", "json", "csv", "sav", "dta", "parquet", "jsonl"),
        writer="exporters.portal.tabling.writing.write_table",
        chosen="exporters.portal.tabling.wanted.told",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.FIGURES,
        published=True,
    ),
    Exporter(
        name="assessment_public",
        label=_("Published scores as a workbook with formulas"),
        subject=Subject.RELEASE,
        formats=("xlsx",),
        writer="exporters.books.assessment.published.writing.write_published_assessment",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.NAMED,
        published=True,
        says=_("Scores, ranks and levels of every unit; change a weight and the index follows."),
    ),
    Exporter(
        name="microdata",
        label=_("Single answers by approval"),
        subject=Subject.RELEASE,
        formats=("xlsx", "csv", "parquet", "jsonl", "sav", "dta"),
        writer="exporters.portal.microdata.write_microdata",
        permission=Permission.DATASET_MICRODATA,
        holds=Holds.ROWS,
        published=True,
    ),
    Exporter(
        name="data_set_codebook",
        label=_("Codebook of the data set"),
        subject=Subject.RELEASE,
        formats=("html", "xlsx", "xml", "json"),
        writer="exporters.codebooks.writer.write_codebook",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.METADATA,
        says=_("The questions, the answers to choose from and the missing codes; XML is DDI 2.5."),
        published=True,
    ),
    Exporter(
        name="data_set_frequencies",
        label=_("Codebook with frequencies of the data set"),
        subject=Subject.RELEASE,
        formats=("html", "xlsx", "xml", "json"),
        writer="exporters.codebooks.writer.write_codebook_with_frequencies",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.FIGURES,
        says=_("The codebook, and how often each answer was given."),
        published=True,
    ),
    Exporter(
        name="data_set_scores",
        label=_("Scores of the index, unit by unit"),
        subject=Subject.RELEASE,
        formats=("xlsx", "csv", "parquet", "jsonl", "sav", "dta"),
        writer="exporters.portal.scores.write_scores",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.NAMED,
        says=_("Score, rank, level, every pillar and every indicator, one row for each unit."),
        published=True,
    ),
    Exporter(
        name="data_set_report",
        label=_("Report of the data set"),
        subject=Subject.RELEASE,
        formats=("pdf",),
        writer="exporters.papers.round_report.write_round_report",
        permission=Permission.DATASET_TABULATE,
        holds=Holds.FIGURES,
        says=_("The results of the round question by question, to read and to print."),
        published=True,
    ),
)


def exporter_named(name: str, file_format: str) -> Exporter:
    """The exporter of that name and format. Raises KeyError."""
    for exporter in EXPORTERS:
        if exporter.name == name and file_format in exporter.formats:
            return exporter
    raise KeyError(name, file_format)
