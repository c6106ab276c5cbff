"""OpenRenda: a work platform for a district people's congress."""

__version__ = "0.1.0"
