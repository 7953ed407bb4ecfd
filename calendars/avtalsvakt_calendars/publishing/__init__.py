"""Calendars that are handed out: which events each holds, when an event last changed, and all of it as iCalendar."""
