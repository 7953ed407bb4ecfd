"""What is kept: facts, runs and what they concluded, roles, calendars, mail, and the proof that nothing was changed."""
