"""What is kept of a run and of a night, beside the conclusions: the day, the rules, the roots, the log."""
