"""Every read of the slice. Each says how many queries it takes; none grows with the number of rows."""

from .access import reply_for, subject_title, subject_url, subject_visible, suggestion_for, visible
from .assignment_day import assignment_day, recompute_preview
from .case import public_case
from .inbox import inbox
from .promises import promise_ledger
from .public import facets, lately_released, latest_public, public_list
from .same_matter import behind, turns_to_share
from .source import story_of_opinion, suggestion_of_opinions
from .work import work_case

__all__ = [
    "assignment_day",
    "behind",
    "facets",
    "inbox",
    "lately_released",
    "latest_public",
    "promise_ledger",
    "public_case",
    "public_list",
    "recompute_preview",
    "reply_for",
    "story_of_opinion",
    "subject_title",
    "subject_url",
    "subject_visible",
    "suggestion_for",
    "suggestion_of_opinions",
    "turns_to_share",
    "visible",
    "work_case",
]
