"""Was it done? Facts and rules and a day in, verdicts with their explanations out."""
