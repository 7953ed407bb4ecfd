"""Verdicts in Swedish: explanations on demand, and the words for every code."""
