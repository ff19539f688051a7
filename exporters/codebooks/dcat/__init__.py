"""Published data sets as DCAT-AP records, for open-data portals: as JSON-LD and as Turtle.

``graph`` is a small RDF graph with its two writers, ``records`` says what of a data set is told,
``releases`` gathers it of a publication.
"""

from exporters.codebooks.dcat.graph import as_json_ld, as_turtle
from exporters.codebooks.dcat.records import (
    CatalogueRecord,
    Distribution,
    Record,
    catalogue_graph,
    record_graph,
)

__all__ = [
    "CatalogueRecord",
    "Distribution",
    "Record",
    "as_json_ld",
    "as_turtle",
    "catalogue_graph",
    "record_graph",
]
