"""What is refused in a file that can be parsed: unknown names, circles, unseen signs, statements left over."""
