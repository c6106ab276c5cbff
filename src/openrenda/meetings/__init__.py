"""Meetings: sign-in, quorum, agenda, scrutineers."""
