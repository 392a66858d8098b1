"""The language of proof: practice compared, totals by grade, figures without evidence."""
