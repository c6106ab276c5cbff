"""How text becomes what the index holds and what it is asked. Plain Python."""
