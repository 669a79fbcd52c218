"""Agreement between coders: units, coefficients with intervals, and every unit with every coder's value."""
