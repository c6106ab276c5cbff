"""Pages that compose."""
