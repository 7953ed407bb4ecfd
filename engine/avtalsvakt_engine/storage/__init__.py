"""What is kept: the register, the runs and what they concluded, calendars, seals, backups."""
