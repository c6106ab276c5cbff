"""Deputies' suggestions: written, accepted, assigned, handled, answered, rated, fulfilled."""
