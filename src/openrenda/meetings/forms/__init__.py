"""What people fill in: cleaned values are an action's keyword arguments."""
