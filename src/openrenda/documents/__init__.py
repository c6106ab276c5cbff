"""Uploaded files: checked for what they really are, stripped of position data, kept by hash."""
