"""Every read of the exchange."""

from .exports import asked_words, export_for, heads, lines, my_exports, open_exports, table_for

__all__ = ["asked_words", "export_for", "heads", "lines", "my_exports", "open_exports", "table_for"]
