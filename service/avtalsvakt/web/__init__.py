"""What is served over HTTP: calendar feeds under secret addresses."""
