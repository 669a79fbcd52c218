"""Danish: sentences, words, their inflections and the cues that change what a sentence says."""
