"""From sheets of text to rows of a register with a verdict on each: headers, mapping, checks. Writes nothing."""
