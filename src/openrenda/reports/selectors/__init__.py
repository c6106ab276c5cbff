"""Reads for maps and boards: aggregated, with a constant number of queries."""
