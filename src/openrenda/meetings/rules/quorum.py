"""How many must be present (地方组织法 §14: two thirds of a congress; §51: more than half of a committee)."""

from openrenda.meetings.states import MeetingKind


def needed(kind: str, base: int) -> int:
    """The smallest number present with which the body may sit and vote."""
    return -(-2 * base // 3) if kind == MeetingKind.CONGRESS else base // 2 + 1


def majority(base: int) -> int:
    """More than half of all members."""
    return base // 2 + 1
