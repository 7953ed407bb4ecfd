"""What is kept on disk between processes, what is read of the language's own data files, and files that are private."""
