"""Rounds, the wheel, goals and what the numbers say, as pure values: every moment and id is passed in.

These are tools for talks, in Afsæt's own wording. They are no tests, nobody has validated them, and no number here
decides anything about anybody.
"""
