"""Taking over an office's old register of suggestions in bulk."""

from .past import Past, PastRating, PastReply, PastReturn
from .take import take_over

__all__ = ["Past", "PastRating", "PastReply", "PastReturn", "take_over"]
