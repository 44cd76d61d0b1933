"""Dialogue files: read, and every mistake in them found and told in plain words."""
