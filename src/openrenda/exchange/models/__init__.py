"""What was exported by whom, and why."""

from .exports import Export

__all__ = ["Export"]
