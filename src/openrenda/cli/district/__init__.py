"""Loading a district's records from a folder of CSV files.

The format is described in docs/reference/district-format.md. A load replays each record's history through the actions
with the clock set to each date, so that what it brings obeys every rule. It is one transaction: all rows or
none, unless the user chooses to leave the bad ones out; a killed load leaves nothing behind.
"""
