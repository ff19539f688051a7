"""Every page and file of figures: which passes the disclosure gate where, and which shows none.

A new address or exporter fails here until it has its line.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Final

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from analytics.gate.compute import protect_for
from config.permissions import MATRIX
from exporters.registry import EXPORTERS
from surveys.common.permissions import Permission
from tests.factories import department_person
from tests.surveys.campaigns.factories import RoundFactory


class Passage(StrEnum):
    """How an output stands to the gate."""

    GATED = "its figures were stored by a module that calls protect_for"
    NAMED = "it ranks public bodies by name, and none is made of confidential answers"
    ROWS = "it has single answers, for those who may see every one of them"
    NO_FIGURES = "it shows no figures of answers"


@dataclass(frozen=True)
class Output:
    """What an address or an exporter shows. ``by``: the module that takes it through the gate, or the
    permission that only people have who may see single answers."""

    passage: Passage
    by: str = ""


RESULTS = Output(Passage.GATED, "analytics.results.protecting")
HOLDERS = Output(Passage.ROWS, Permission.EXPORT_CREATE)
APPROVED = Output(Passage.ROWS, Permission.DATASET_MICRODATA)
EXPLORED = Output(Passage.GATED, "analytics.explorer.compute.tabulator")
RANKED = Output(Passage.NAMED, "analytics.indices.services.runs")
PUBLISHED = Output(Passage.GATED, "analytics.results.protecting")
STANDING = Output(Passage.NAMED, "analytics.indices.access")
VALUES = Output(Passage.ROWS, Permission.INDEX_VALUES)
CODED = Output(Passage.ROWS, Permission.ANSWERS_CODE)
NOTHING = Output(Passage.NO_FIGURES)

ADDRESSES: Final = {
    "campaign_series": RESULTS,
    "round_result": RESULTS,
    "round_disclosure": NOTHING,
    "round_explorer": EXPLORED,
    "analysis": NOTHING,
    "round_report": EXPLORED,
    "round_themes": CODED,
    "theme_create": NOTHING,
    "theme_remove": NOTHING,
    "answer_code": NOTHING,
    "index_list": NOTHING,
    "index_add": NOTHING,
    "index_detail": RANKED,
    "index_compare": NOTHING,
    "index_tables": NOTHING,
    "index_table_remove": NOTHING,
    "index_version": NOTHING,
    "index_fork": NOTHING,
    "index_freeze": NOTHING,
    "index_export": NOTHING,
    "index_run_add": NOTHING,
    "index_edit": NOTHING,
    "index_run": RANKED,
    "index_run_stop": NOTHING,
    "index_run_download": VALUES,
    "index_run_table": RANKED,
    "index_ranking": STANDING,
    "index_charts": STANDING,
    "index_weights": STANDING,
    "index_units": STANDING,
    "index_unit_profile": STANDING,
    "index_unit_paper": STANDING,
    "own_report": STANDING,
    "own_report_paper": STANDING,
    "round_releases": NOTHING,
    "release_propose": NOTHING,
    "release_list": NOTHING,
    "release_detail": NOTHING,
    "release_approve": NOTHING,
    "release_withdraw": NOTHING,
    "round_export": NOTHING,
    "round_download": HOLDERS,
    "export_list": NOTHING,
    "export_download": NOTHING,
    "data_catalogue": NOTHING,
    "data_terms": NOTHING,
    "data_terms_accept": NOTHING,
    "data_set": PUBLISHED,
    "data_variables": NOTHING,
    "data_citation": NOTHING,
    "data_table": EXPLORED,
    "data_table_file": NOTHING,
    "data_file": NOTHING,
    "data_request_list": NOTHING,
    "data_request": NOTHING,
    "data_request_decide": NOTHING,
    "data_request_withdraw": NOTHING,
    "data_request_add": NOTHING,
    "data_microdata": NOTHING,
    "data_record": NOTHING,
    "data_catalogue_record": NOTHING,
    "export_cancel": NOTHING,
    "export_retry": NOTHING,
    "export_file": NOTHING,
    "api_publications": NOTHING,
    "api_publication": NOTHING,
    "api_codebook": NOTHING,
    "api_publication_results": RANKED,
    "api_data_table": EXPLORED,
    "api_askable": NOTHING,
    "api_table": EXPLORED,
    "api_answers": HOLDERS,
    "api_index_runs": NOTHING,
    "api_index_run": NOTHING,
    "api_index_run_results": STANDING,
    "api_exports": NOTHING,
    "api_export": NOTHING,
    "api_export_file": NOTHING,
}
CODEBOOKS: Final = ("xml", "html", "xlsx", "json")
MICRODATA: Final = ("xlsx", "csv", "parquet", "jsonl", "sav", "dta")
TABLES: Final = ("xlsx", "json", "csv", "sav", "dta", "parquet", "jsonl")
FILES: Final = {
    ("round", "xlsx"): HOLDERS,
    ("raw", "xlsx"): HOLDERS,
    ("raw", "csv"): HOLDERS,
    ("raw", "parquet"): HOLDERS,
    ("raw", "jsonl"): HOLDERS,
    ("raw", "sav"): HOLDERS,
    ("raw", "dta"): HOLDERS,
    ("assessment", "xlsx"): VALUES,
    ("assessment_public", "xlsx"): RANKED,
    ("report", "pdf"): EXPLORED,
    ("profile", "pdf"): VALUES,
    **{("codebook", each): NOTHING for each in CODEBOOKS},
    **{("codebook_frequencies", each): EXPLORED for each in CODEBOOKS},
    **{("table", name): EXPLORED for name in TABLES},
    **{("microdata", name): APPROVED for name in MICRODATA},
    **{("data_set_codebook", each): NOTHING for each in CODEBOOKS},
    **{("data_set_frequencies", each): EXPLORED for each in CODEBOOKS},
    **{("data_set_scores", name): RANKED for name in MICRODATA},
    ("data_set_report", "pdf"): EXPLORED,
}


def addresses():
    """Every named address that a view of analytics or exporters answers."""
    return {
        str(pattern.name)
        for pattern in patterns(get_resolver())
        if pattern.lookup_str.startswith(("analytics.", "exporters."))
    }


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            assert isinstance(entry, URLPattern)
            yield entry


def test_every_address_says_how_it_stands_to_the_gate():
    assert set(ADDRESSES) == addresses()


def test_every_file_says_how_it_stands_to_the_gate():
    files = {(each.name, file_format) for each in EXPORTERS for file_format in each.formats}

    assert set(FILES) == files


@pytest.mark.parametrize(
    "module",
    sorted(
        {
            each.by
            for each in [*ADDRESSES.values(), *FILES.values()]
            if each.passage is Passage.GATED
        }
    ),
)
def test_what_is_gated_is_computed_by_a_module_that_calls_the_gate(module):
    assert import_module(module).protect_for is protect_for


@pytest.mark.django_db
@pytest.mark.parametrize(
    "permission",
    sorted(
        {each.by for each in [*ADDRESSES.values(), *FILES.values()] if each.passage is Passage.ROWS}
    ),
)
def test_rows_are_for_those_who_may_see_every_answer(permission):
    round_ = RoundFactory.create()
    researcher = department_person("researcher", owner=round_.campaign.owner)

    assert not MATRIX[Permission(permission)](researcher, round_)
