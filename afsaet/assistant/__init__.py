"""One turn: who is this, what do they get, and everything about it kept in one transaction."""
