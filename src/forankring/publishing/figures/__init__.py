"""Turn the tables of figures into pictures and into the words that say what they show."""
