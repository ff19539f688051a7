"""A data set as a package: its tables with README, licence, codebook, DCAT record and checksums."""

from exporters.packages.details import PackageDetails
from exporters.packages.writing import write_package

__all__ = ["PackageDetails", "write_package"]
