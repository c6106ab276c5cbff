"""Reads of the slice; each says what it costs."""
