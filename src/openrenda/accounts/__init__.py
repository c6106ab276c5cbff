"""Sign-in, sessions and hats: turns a login into an Actor. Domain code never sees a User."""
