"""One step in one dialogue: an answer, a step back, a look at the summary, a sending."""
