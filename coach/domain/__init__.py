"""What coach is about, as pure values and rules."""
