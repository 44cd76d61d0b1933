"""How it stands with one dialogue: what is answered, where the citizen is, how far they have come, what they sent."""
