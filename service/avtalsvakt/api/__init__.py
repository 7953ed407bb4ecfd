"""What other programs read and record over HTTP, by tokens."""
