"""Reads of the slice."""

from .meetings import (
    attendance_counts,
    base_of,
    item_for,
    item_of_poll,
    items_about,
    meeting_by_key,
    meeting_for,
    meetings_of,
    members,
    roll,
    scrutineers_of,
    subject_title,
    subject_url,
    subject_visible,
)

__all__ = [
    "attendance_counts",
    "base_of",
    "item_for",
    "item_of_poll",
    "items_about",
    "meeting_by_key",
    "meeting_for",
    "meetings_of",
    "members",
    "roll",
    "scrutineers_of",
    "subject_title",
    "subject_url",
    "subject_visible",
]
