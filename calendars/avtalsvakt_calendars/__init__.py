"""What is coming: verdicts in, reminders and iCalendar feeds out."""
