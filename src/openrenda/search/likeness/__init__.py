"""How alike two texts are: pure functions, no database."""
