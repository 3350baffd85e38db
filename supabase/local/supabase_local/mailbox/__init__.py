"""The mailbox room: keeps every mail that the stack would have sent, with a web page and a Mailpit-like JSON API."""
