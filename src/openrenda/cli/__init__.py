"""The command line: parses, builds an Actor, calls an action, prints numbers."""
