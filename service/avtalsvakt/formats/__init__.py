"""Answers as JSON and CSV: the same answer is the same bytes, whoever asks for it."""
