"""The life of an instrument: its terms over time, extended, ended or replaced, and when a clause applied to whom."""
