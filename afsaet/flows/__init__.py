"""What is said and asked. Pure: knows no channel, no database, no clock and no network."""
