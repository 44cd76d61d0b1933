"""What a citizen's safety looks for in their words: personal numbers, and that a life may be in danger."""
