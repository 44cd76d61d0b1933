"""The conversation in a terminal: for trying things out, for demonstrations and for tests."""
