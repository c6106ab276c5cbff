"""Sign-in, sessions and hats: turns a login into an Actor. Domain code never sees a User.

Invariants: a login belongs to one person of `orgs` and holds no power of its own; what its wearer may do is read from
posts and mandates at each request, so an ended post is gone at once; a name that nobody has and a wrong password get
the same answer by the same path. It never decides about a case of a slice.
"""
