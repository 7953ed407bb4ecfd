"""Periods, deadlines, working days, dates known only to the month or year."""
