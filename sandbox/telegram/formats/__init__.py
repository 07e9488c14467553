"""The Bot API's wire formats: parameters, texts, entities, keyboards, media, errors."""
