"""How the assistant reaches people: an incoming thing becomes an input, a message what the channel can show."""
