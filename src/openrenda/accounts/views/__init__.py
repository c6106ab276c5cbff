"""Pages of sign-in, of the demonstration, and of the administration."""
