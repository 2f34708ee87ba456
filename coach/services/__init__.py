"""What the program does, one class per noun, for the commands and the screens alike."""
