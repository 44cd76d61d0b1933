"""Meetings, their reminders and "hvad nu?", as pure decisions: every moment is passed in, nothing is kept."""
