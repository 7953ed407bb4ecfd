"""How facts come in: typed, asked for step by step, from files and templates, out of calendars."""
