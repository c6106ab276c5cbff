"""Deputies' suggestions: written, accepted, assigned, handled, answered, rated, fulfilled.

Invariants: a suggestion's state only moves along its workflow's table, which the database holds too; the legal
clock starts at the first assignment and nothing but an approved extension moves it; nobody approves what he
drafted. This slice never decides for a deputy: silence is never counted as satisfaction.
"""
