"""The Swedish words that all faces share: statuses, counted things, what clauses are called."""
