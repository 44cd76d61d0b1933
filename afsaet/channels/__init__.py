"""How people are reached: each channel turns what comes in into an input, and a message into what it can show."""
