"""One module per way of running: demo, test, prod. All begin from base, which reads the environment once."""
