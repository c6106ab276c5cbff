"""Who may, by when, and in which words: the slice's rules without its tables."""
