"""The institution: congress (tenant), terms, sessions, units as a tree, people, posts with dates, deputies' mandates.

Invariants: a post or mandate is held between dates, never deleted; a unit that ends names its successor; a deputy's
powers come from a mandate, everybody else's from a post. It never knows a login (accounts) or a case (slices).
"""
