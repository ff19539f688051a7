"""Weights of a sample survey, and estimates with standard errors that know the design."""

from analytics.methods.weighting.adjusting import (
    CellWithoutCount,
    EmptyCell,
    design_weights,
    nonresponse_weights,
    poststratified,
)
from analytics.methods.weighting.design import (
    ClusterInTwoStrata,
    DesignError,
    LoneRule,
    LoneUnit,
    NoWeight,
    SampleDesign,
    UnusablePopulation,
    UnusableWeight,
    sample_design,
)
from analytics.methods.weighting.diagnostics import WeightSummary, weight_summary
from analytics.methods.weighting.estimates import (
    SampleEstimate,
    estimated_mean,
    estimated_proportion,
    estimated_ratio,
    estimated_total,
)
from analytics.methods.weighting.raking import KnownMargin, MarginsDisagree, Raked, Trim, raked

__all__ = [
    "CellWithoutCount",
    "ClusterInTwoStrata",
    "DesignError",
    "EmptyCell",
    "KnownMargin",
    "LoneRule",
    "LoneUnit",
    "MarginsDisagree",
    "NoWeight",
    "Raked",
    "SampleDesign",
    "SampleEstimate",
    "Trim",
    "UnusablePopulation",
    "UnusableWeight",
    "WeightSummary",
    "design_weights",
    "estimated_mean",
    "estimated_proportion",
    "estimated_ratio",
    "estimated_total",
    "nonresponse_weights",
    "poststratified",
    "raked",
    "sample_design",
    "weight_summary",
]
