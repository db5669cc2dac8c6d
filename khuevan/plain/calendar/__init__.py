"""The Vietnamese calendar: lunar dates, public holidays, working days, rules that yield deadlines."""
