"""Polls, ballots, tellers' counts, results that anyone can re-count."""
