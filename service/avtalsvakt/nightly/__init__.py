"""The night's work: done once or at its hour, and what a person and a log are told of it."""
