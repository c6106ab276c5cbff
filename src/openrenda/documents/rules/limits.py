"""How much is taken."""

MEGABYTE = 1024 * 1024
IMAGE_BYTES = 10 * MEGABYTE
FILE_BYTES = 20 * MEGABYTE
"""The largest of all limits: what exceeds it is thrown away while it arrives (`documents.uploads`)."""

IMAGES_PER_SUBJECT = 9
FILES_PER_SUBJECT = 20
JPEG_PIXELS = 64_000_000
"""A JPEG can be decoded at a fraction of its size; 64 million pixels are more than phones save by default."""
OTHER_PIXELS = 25_000_000
"""PNG and WebP are decoded whole: 25 million pixels are 100 MB of memory."""
KEPT_EDGE = 3000
THUMB_EDGE = 480
NAME_LENGTH = 120
ORPHAN_HOURS = 24
