"""What is refused in a file that can be parsed: names that nobody has, circles, doubled ids, statements left over."""
