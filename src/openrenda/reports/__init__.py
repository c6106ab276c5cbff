"""Boards and maps: reads facts of the slices below, writes nothing. Every figure leads to its records; no data is said,
never shown as zero.
"""
