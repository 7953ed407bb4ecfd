"""What the program can say of agreements and facts: values in, values out, no layout; nothing is written."""
