"""What is stored about people and groups: names, choices, rules, consents."""
