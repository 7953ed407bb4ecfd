"""What there is to remind of, and when: verdicts and plans become events with a day, a title and a text."""
