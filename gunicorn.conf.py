"""How the service runs, in development as in production: `gunicorn` finds this file in the working directory."""

from service.logs import json_formatter

wsgi_app = "webhooks.wsgi:app"
bind = "127.0.0.1:8000"

# Requests wait for the database or for a provider, so threads; two processes, since a Python runs one thread at a time.
worker_class = "gthread"
workers = 2
threads = 8

# Twilio waits 15 seconds in all; whatever takes longer than that has no reader any more.
timeout = 30
graceful_timeout = 20
keepalive = 5

# The webhook's GET form carries a text in its address: the longest line that gunicorn can be told to accept.
limit_request_line = 8190

# Its default place is one file for each user: several services of one user would take it from each other.
control_socket_disable = True

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": json_formatter}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
}
