"""Obligations become duties: one for each period, event, term, step or question."""
