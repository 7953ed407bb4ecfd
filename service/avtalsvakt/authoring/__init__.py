"""For those who write rules: clauses and findings, cases, what a file will ask for, a file to begin with."""
