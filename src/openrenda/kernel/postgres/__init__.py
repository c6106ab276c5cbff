"""Django's PostgreSQL backend with one more hook: work that runs just before COMMIT (see kernel.commit)."""
