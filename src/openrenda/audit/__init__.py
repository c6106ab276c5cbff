"""The append-only record of every action: who, on whose behalf, what, object, digests, when, from where.

Invariants: a row is written in the transaction of the write it records; a trigger refuses UPDATE and DELETE;
digests let a reader see that an object changed without storing what it held.
"""
