"""Answers drawn on a terminal: options, failures, the screen, and one module for each thing shown."""
