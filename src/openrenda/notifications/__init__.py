"""Tells these people this, once: inbox and e-mail, with the reason why."""
