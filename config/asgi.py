"""ASGI entry: pages and WebSockets in one process by default."""

import os
import warnings

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

# WhiteNoise reads static files synchronously, which Django remarks on. They are small, and in
# production the WSGI processes serve them.
warnings.filterwarnings(
    "ignore", message="StreamingHttpResponse must consume synchronous iterators"
)

pages = get_asgi_application()

from surveys.live.consumers import LiveConsumer  # noqa: E402  (models need the apps to be loaded)
from surveys.responses.presence.consumers import PresenceConsumer  # noqa: E402  (likewise)

sockets = [
    path("ws/live/", LiveConsumer.as_asgi()),
    path("ws/presence/", PresenceConsumer.as_asgi()),
]
application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets))),
    }
)
