"""The words of XLSForm and our own: columns of each sheet and types of questions, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.model import Kind


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a sheet may be called.

    ``known`` columns are read, those in ``translated`` once for each language; ``unsupported`` ones
    belong to XLSForm and have no effect here. ``free`` sheets keep every other column too.
    """

    known: frozenset[str]
    translated: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unsupported: frozenset[str] = frozenset()
    free: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EXPRESSIONS: Final = _words(
    "calculation choice_filter closed constraint default read_only relevant repeat_count required"
    " trigger warning numerator denominator"
)
"""Columns that hold expressions."""

_MEDIA: Final = _words("image big-image audio video media autoplay")

SURVEY: Final = Header(
    known=_words(
        "type name label hint guidance_hint number required required_message relevant read_only"
        " constraint constraint_message warning warning_message calculation trigger default"
        " appearance parameters choice_filter repeat_count unit indicator evidence carry missing"
        " personal_data row_list totals closed successor_of own_parameters"
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
        "relevance": "relevant",
        "relevant_expression": "relevant",
        "bind::relevant": "relevant",
        "readonly": "read_only",
        "read only": "read_only",
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
        "repeatcount": "repeat_count",
        "control::appearance": "appearance",
        "body::appearance": "appearance",
        "choicefilter": "choice_filter",
        "personaldata": "personal_data",
    },
    unsupported=_MEDIA
    | _words(
        "note rows save_to bind body control instance noapperrorstring bind::jr:noapperrorstring"
        " compact_tag sms_field sms_option sms_response disabled query intent"
        " bind::save_incomplete bind::odk:length"
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
    known=_words("form_title form_id version style default_language clean_text_values"),
    translated=frozenset({"form_title"}),
    aliases={
        "title": "form_title",
        "own_title": "form_title",
        "set_form_title": "form_title",
        "id_string": "form_id",
        "set_form_id": "form_id",
    },
    unsupported=_words(
        "instance_name public_key submission_url auto_send auto_delete client_editable namespaces"
        " allow_choice_duplicates name omit_instanceid instance_id sms_keyword sms_separator"
        " sms_allow_media sms_date_format sms_datetime_format sms_response prefix delimiter flat"
        " add_none_option attribute instance_xmlns entity_name entity_label"
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
}
"""Types that stand alone."""

SELECTS: Final[Mapping[str, Kind]] = {
    "select_one": Kind.SELECT_ONE,
    "select one": Kind.SELECT_ONE,
    "select one from": Kind.SELECT_ONE,
    "select one using": Kind.SELECT_ONE,
    "select1": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
    "select multiple": Kind.SELECT_MULTIPLE,
    "select multiple from": Kind.SELECT_MULTIPLE,
    "select multiple using": Kind.SELECT_MULTIPLE,
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
        "uri:deviceid",
        "uri:username",
        "get deviceid",
        "get start time",
        "get end time",
        "get today",
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
)

BLOCKS: Final[Mapping[str, str]] = {"group": "group", "repeat": "repeat", "looped group": "repeat"}
"""What ``begin`` and ``end`` may be followed by."""
