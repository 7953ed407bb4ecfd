"""Texts whatever they stand for: their normal form, expressions over them, and names, keys and forms made of them."""
