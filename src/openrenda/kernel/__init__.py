"""The kernel: values and tools every slice shares, without a single domain word.

Invariants: nothing here imports another package of ours; rules never read the wall clock; a fact is stored in
the transaction of the write that caused it. Plain modules (actor, clock, deadlines, enums, errors, event, pii, subject,
text, verdict, workdays, workflow) know no Django; models, numbering, outbox, parameters and triggers do.
"""
