"""Meetings: sign-in, quorum, agenda, scrutineers, and items put to the vote."""
