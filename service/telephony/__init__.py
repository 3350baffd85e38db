"""The door to Twilio: the only package that imports `twilio.rest`."""
