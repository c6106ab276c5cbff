"""Liaison stations and residents' opinions, from the first word to the resident's own verdict."""
