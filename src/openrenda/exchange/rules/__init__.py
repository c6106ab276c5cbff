"""What a cell may hold and what it means. No database."""
