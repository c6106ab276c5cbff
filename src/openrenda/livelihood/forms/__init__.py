"""What is asked, in which words."""
