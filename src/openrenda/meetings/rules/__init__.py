"""Rules of meetings: who belongs, how many must be there, who may do what."""
