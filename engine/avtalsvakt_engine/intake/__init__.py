"""A line becomes a fact: read, checked against the vocabulary, refused with reasons."""
