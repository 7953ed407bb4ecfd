"""What runs concluded: verdicts, violations and findings as rows, in a log, and read back."""
