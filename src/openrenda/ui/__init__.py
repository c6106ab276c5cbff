"""How pages look: components, tokens, layouts, slots, the gallery. Knows no domain word."""
