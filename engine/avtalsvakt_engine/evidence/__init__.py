"""What the records show: which facts are known, what they look like, and what they are evidence of."""
