"""Tables that come in and lists that go out: Excel and CSV. Nothing of an import is written until every row is right
or left out by choice; cells are never evaluated; what leaves is logged.
"""
