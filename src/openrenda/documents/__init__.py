"""Uploaded files: checked for what they really are, stripped of position data, kept by hash.

Invariants: a kept picture was decoded and written anew by us (no EXIF, no GPS, nothing hidden behind it); no file has
an address that works without asking whether the reader may see what it belongs to; equal content is kept once.
It never keeps videos, macros or archives, and never trusts a name or a declared type.
"""
