"""Calendars that others follow: what is in them, brought up to date, handed out, and who may read."""
