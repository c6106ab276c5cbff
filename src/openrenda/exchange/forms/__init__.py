"""Forms of the exchange."""

from .exports import ReasonForm

__all__ = ["ReasonForm"]
