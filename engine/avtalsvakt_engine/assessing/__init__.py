"""The whole: rulebook, facts and a day in, an Assessment out."""
