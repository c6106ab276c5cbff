"""How lists are written down: Excel and CSV. Nothing here knows whose list it is."""
