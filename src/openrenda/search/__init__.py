"""One index of what may be found, kept in the transaction that writes it. It knows no domain word: packages above
register their kinds. Public text and inside text are different entries; what a reader may not see is in no hit,
count or hint.
"""
