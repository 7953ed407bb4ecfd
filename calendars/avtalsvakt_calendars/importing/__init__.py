"""Calendars that others exported: bytes become lines, components, events and series, and these occasions."""
