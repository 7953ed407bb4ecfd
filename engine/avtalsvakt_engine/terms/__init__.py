"""When an instrument is in force: its terms, extended, ended or replaced, and when a clause applied to whom."""
