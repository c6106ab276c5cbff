"""Pages of the slice: parse, one action or selector, answer."""
