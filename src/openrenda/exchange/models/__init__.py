"""What was taken out by whom, and why; what was brought in."""

from .exports import Export
from .imports import ImportFile, ImportMapping, ImportProgress, ImportRow, ImportRun

__all__ = ["Export", "ImportFile", "ImportMapping", "ImportProgress", "ImportRow", "ImportRun"]
