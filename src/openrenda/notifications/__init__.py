"""Tells these people this, once: inbox and e-mail, with the reason why.

Invariants: one notice per fact and recipient; a notice exists exactly if the transaction that caused it was committed;
every notice says why it came and every letter how to end them. It never decides who is told: that is a subscriber's.
"""
