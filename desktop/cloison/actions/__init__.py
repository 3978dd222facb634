"""One module per thing a person does; both faces call these and nothing below."""
