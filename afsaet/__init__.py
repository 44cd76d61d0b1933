"""Afsæt: a citizen prepares their own plan, in their own words, and sends it themselves."""
