"""How much is read."""

from openrenda.documents.rules.limits import FILE_BYTES, MEGABYTE

MOST_BYTES = FILE_BYTES
"""A file on the way in; the upload handler throws away what is larger while it arrives."""
MOST_UNPACKED = 300 * MEGABYTE
MOST_RATIO = 200
RATIO_COUNTS_FROM = 8 * MEGABYTE
"""Small parts may shrink a lot; a large one that shrinks to less than half a percent was made to hurt."""
MOST_ENTRIES = 2000
MOST_SHEETS = 60
MOST_LINES = 200_000
MOST_CELLS = 3_000_000
MOST_COLUMNS = 300
MOST_TEXT = 40_000
"""Characters in a cell; Excel itself allows 32,767."""
