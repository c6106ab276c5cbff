"""Forms of the exchange."""

from .exports import ReasonForm
from .imports import MappingForm, UploadForm

__all__ = ["MappingForm", "ReasonForm", "UploadForm"]
