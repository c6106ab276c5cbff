"""From a file to sheets of text: Excel workbooks and CSV as offices save them.

Nothing in a file is trusted: what it is shows in its first bytes, sizes are counted before and while unpacking, XML may
declare no entities, formulas are never evaluated (their kept results are read), links lead nowhere.
"""

from .book import Book, Line, Sheet
from .files import look_at, read_book
from .refusals import FileUnreadable

__all__ = ["Book", "FileUnreadable", "Line", "Sheet", "look_at", "read_book"]
