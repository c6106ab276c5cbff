"""Verifiable secret ballots after the Belenios protocol, format version 1, group BELENIOS-2048."""
