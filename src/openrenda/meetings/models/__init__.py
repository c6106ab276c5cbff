"""Columns and constraints of meetings."""

from .meeting import AgendaItem, Attendance, Meeting, Scrutineer

__all__ = ["AgendaItem", "Attendance", "Meeting", "Scrutineer"]
