"""What a periodic report computes from figures: formulas, comparisons, charts. No Django, no clock."""
