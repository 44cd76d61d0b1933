"""What is done because its time has come: reminders, notices, questions about a round, deletion of what is old."""
