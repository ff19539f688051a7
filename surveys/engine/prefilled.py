"""What a question can be filled in with: the values of the parameter ``prefill``."""

from enum import StrEnum


class PrefillSource(StrEnum):
    """``sum_below`` and ``mean_below`` come from what the units below answered, the others from the
    catalogue of agencies: what the agency is called and is, how many communes there are in it and
    how many units directly below it, and in which province it lies.
    """

    AGENCY_NAME = "agency_name"
    AGENCY_TYPE = "agency_type"
    AGENCY_CODE = "agency_code"
    PARENT_NAME = "parent_name"
    PROVINCE_NAME = "province_name"
    COMMUNES = "communes"
    UNITS_BELOW = "units_below"
    SUM_BELOW = "sum_below"
    MEAN_BELOW = "mean_below"
