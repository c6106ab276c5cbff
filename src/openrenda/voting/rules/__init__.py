"""Rules of voting: pure counting, and who may do what."""
