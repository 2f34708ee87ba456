"""Ways to tell a person something outside the program, one module each, every one honest about what it took."""
