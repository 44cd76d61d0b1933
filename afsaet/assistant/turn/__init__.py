"""What a citizen does, from what the channel hands over to what is kept and lies ready to be sent."""
