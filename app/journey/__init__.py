"""The journey: entry, activities, outcomes, rules, edits and the computed layout."""
