"""The whole document."""

from typing import Final
from xml.etree.ElementTree import Element, indent, tostring

from exporters.codebooks.ddi.data import data_description, file_descriptions
from exporters.codebooks.ddi.study import document_description, study_descriptions
from exporters.codebooks.model import Codebook

NAMESPACE: Final = "ddi:codebook:2_5"
SCHEMA: Final = (
    "ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
)


def ddi_xml(codebook: Codebook) -> bytes:
    """The codebook as DDI-Codebook 2.5 in UTF-8; the same codebook gives the same bytes.

    Texts are data: what looks like markup stands as text, and what XML cannot hold is dropped.
    """
    root = Element(
        "codeBook",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": SCHEMA,
            "version": "2.5",
            "xml:lang": "vi",
        },
    )
    document_description(root, codebook)
    study_descriptions(root, codebook)
    file_descriptions(root, codebook)
    data_description(root, codebook)
    indent(root, space=" ")
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
