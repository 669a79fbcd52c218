"""The doors of a project to other programs: what goes out, what comes in, told in lines for the screen."""
