"""Pages: parse, one action or selector, answer."""
