"""Who may (who), by when (clocks), and the pure rules: lamps, the difference, grades, the ballot's order."""
