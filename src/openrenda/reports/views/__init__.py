"""Pages of maps and boards."""
