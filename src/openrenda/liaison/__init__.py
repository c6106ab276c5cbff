"""Liaison stations and residents' opinions, from the first word to the resident's own verdict (domain.md 1).

Invariants: every opinion has a number and a code from its first second and keeps both through merging and
reworking; the day promised to the resident is never put off by handing the matter on; silence is never counted as
satisfied. A deputy listens, records and forwards, and does not handle (代表法 §31). It never knows a suggestion:
what becomes of a converted opinion comes back through `actions.take_answer` and `actions.release`.
"""
