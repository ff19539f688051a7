"""The words of XLSForm and our own: columns of each sheet and types of questions, as tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.model import Kind

XML_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
"""What questions, blocks and columns may be called."""

NAME_ADVICE: Final = "Begin with a letter; go on with letters, digits, - . or _, without blanks."


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a sheet may be called.

    ``known`` columns are read, those in ``translated`` once for each language; ``unsupported`` ones
    belong to XLSForm and have no effect here. ``free`` sheets keep every other column too. An alias in
    ``yielding`` may stand beside the proper name, which is then the one that is read.
    """

    known: frozenset[str]
    translated: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unsupported: frozenset[str] = frozenset()
    free: bool = False
    yielding: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EXPRESSIONS: Final = _words(
    "calculation choice_filter closed constraint default read_only relevant repeat_count required"
    " trigger warning numerator denominator"
)
"""Columns that hold expressions."""

_MEDIA: Final = _words("image big-image audio video media autoplay short")

SURVEY: Final = Header(
    known=_words(
        "type name label hint guidance_hint number required required_message relevant read_only"
        " constraint constraint_message warning warning_message calculation trigger default"
        " appearance parameters choice_filter repeat_count unit indicator evidence carry band missing"
        " personal_data row_list totals closed successor_of library_item own_parameters disabled"
    ),
    translated=_words(
        "label hint guidance_hint required_message constraint_message warning_message unit"
    ),
    aliases={
        "command": "type",
        "value": "name",
        "tag": "name",
        "caption": "label",
        "text": "label",
        "guidance": "guidance_hint",
        "media::guidance_hint": "guidance_hint",
        "relevance": "relevant",
        "relevant_expression": "relevant",
        "bind::relevant": "relevant",
        "readonly": "read_only",
        "bind::readonly": "read_only",
        "bind::required": "required",
        "mandatory": "required",
        "calculate": "calculation",
        "bind::calculate": "calculation",
        "bind::constraint": "constraint",
        "validation": "constraint",
        "constraining_message": "constraint_message",
        "constraint_msg": "constraint_message",
        "constraintmsg": "constraint_message",
        "bind::jr:constraintmsg": "constraint_message",
        "required_msg": "required_message",
        "requiredmsg": "required_message",
        "requiredness_message": "required_message",
        "bind::jr:requiredmsg": "required_message",
        "count": "repeat_count",
        "jr:count": "repeat_count",
        "control::jr:count": "repeat_count",
        "body::jr:count": "repeat_count",
        "repeatcount": "repeat_count",
        "control::appearance": "appearance",
        "body::appearance": "appearance",
        "choicefilter": "choice_filter",
        "personaldata": "personal_data",
    },
    unsupported=_MEDIA
    | _words(
        "note rows save_to bind body control instance noapperrorstring bind::jr:noapperrorstring"
        " no_app_error_string compact_tag query intent flat osm"
        " sms_field sms_option sms_separator sms_allow_media sms_date_format sms_datetime_format"
        " sms_response"
    ),
)

CHOICES: Final = Header(
    known=_words("list_name name label score"),
    translated=frozenset({"label"}),
    aliases={"list": "list_name", "listname": "list_name", "value": "name", "caption": "label"},
    unsupported=_MEDIA,
    free=True,
)

SETTINGS: Final = Header(
    known=_words("form_title form_id name version style default_language clean_text_values"),
    translated=frozenset({"form_title"}),
    aliases={
        "title": "form_title",
        "own_title": "form_title",
        "set_form_title": "form_title",
        "id_string": "form_id",
        "set_form_id": "form_id",
    },
    yielding=frozenset({"id_string"}),
    unsupported=_words(
        "instance_name public_key submission_url auto_send auto_delete client_editable namespaces"
        " allow_choice_duplicates omit_instanceid instance_id sms_keyword sms_separator"
        " sms_allow_media sms_date_format sms_datetime_format sms_response prefix delimiter flat"
        " add_none_option compact_prefix compact_delimiter attribute instance_xmlns entity_name entity_label"
    ),
)

INDICATORS: Final = Header(
    known=_words(
        "code label unit direction target legal_basis numerator denominator over applies_to"
        " scoring valid_from"
    ),
    translated=_words("label unit"),
    aliases={"name": "code", "caption": "label"},
)

_PROMPTED: Final = re.compile(r"(?:q|add) (?P<type>.+?)(?: prompt)?|get (?P<about>.+)")
"""Older names of types: "q int", "add integer prompt", "get start time"."""

KINDS: Final[Mapping[str, Kind]] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.DATETIME,
    "date time": Kind.DATETIME,
    "date and time": Kind.DATETIME,
    "note": Kind.NOTE,
    "calculate": Kind.CALCULATE,
    "calculation": Kind.CALCULATE,
    "hidden": Kind.HIDDEN,
    "range": Kind.RANGE,
    "acknowledge": Kind.ACKNOWLEDGE,
    "trigger": Kind.ACKNOWLEDGE,
    "file": Kind.FILE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "picture": Kind.IMAGE,
}
"""Types that stand alone."""

SELECTS: Final[Mapping[str, Kind]] = {
    "select": Kind.SELECT_MULTIPLE,
    "select1": Kind.SELECT_ONE,
    "select_one": Kind.SELECT_ONE,
    "select one": Kind.SELECT_ONE,
    "select one from": Kind.SELECT_ONE,
    "select one using": Kind.SELECT_ONE,
    "add select one prompt using": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
    "select multiple": Kind.SELECT_MULTIPLE,
    "select multiple from": Kind.SELECT_MULTIPLE,
    "select multiple using": Kind.SELECT_MULTIPLE,
    "add select multiple prompt using": Kind.SELECT_MULTIPLE,
    "select all that apply": Kind.SELECT_MULTIPLE,
    "select all that apply from": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
}
"""Types that name a choice list after them."""

CONSTRAINED: Final[Mapping[str, tuple[Kind, str]]] = {
    "percentage": (Kind.INTEGER, ". >= 0 and . <= 100"),
    "phone number": (Kind.TEXT, r"regex(., '^\d*$')"),
    "number of days in last month": (Kind.INTEGER, ". >= 0 and . <= 31"),
    "number of days in last six months": (Kind.INTEGER, ". >= 0 and . <= 183"),
    "number of days in last year": (Kind.INTEGER, ". >= 0 and . <= 365"),
}
"""Types of convenience, with the constraint that comes with them."""

UNSUPPORTED_TYPES: Final = frozenset(
    {
        *_words("start end today deviceid phonenumber username email simserial subscriberid imei"),
        *_words("audit barcode geopoint gps location geotrace geoshape start-geopoint audio video"),
        *_words("background-audio background-geopoint xml-external csv-external osm"),
        # Older names of what the device adds
        *("start time", "end time", "device id", "subscriber id", "sim id"),
        *_words("uri:deviceid uri:username uri:email uri:phonenumber uri:simserial"),
        "uri:subscriberid",
        # Settings that once stood among the questions
        *_words("form_title set_form_title form_id set_form_id prefix"),
    }
)
"""Types of XLSForm that are reported and left out."""

UNSUPPORTED_SELECTS: Final = (
    "select_one_from_file",
    "select_multiple_from_file",
    "select_one_external",
    "select one external",
    "select one from file",
    "select multiple from file",
    "cascading select",
    "cascading_select",
    "osm ",
)
"""How types begin that name what lies outside the sheet choices; they are left out too."""

BLOCKS: Final[Mapping[str, str]] = {
    "group": "group",
    "repeat": "repeat",
    "looped group": "repeat",
    "lgroup": "repeat",
    "loop": "loop",
}
"""What ``begin`` and ``end`` may be followed by; a loop is left out with all that stands in it."""


def plain_type(text: str) -> str:
    """A type by its name of today, in small letters: "add integer prompt" is "integer"."""
    lowered = " ".join(text.lower().split())
    found = _PROMPTED.fullmatch(lowered)
    name = (found["type"] or found["about"]) if found else ""
    if name in KINDS or name in UNSUPPORTED_TYPES or name in {"select", "select1"}:
        return name
    return "phonenumber" if lowered == "get phone number" else lowered
