#!/usr/bin/python3
"""A provider of OpenID Connect: Django OAuth Toolkit, with one person, one client, and a page where the person logs in.

usage: provider.py PORT FOLDER REDIRECT_URI, with the secret of the client on standard input
"""
import os
import socketserver
import sys
from wsgiref import simple_server

from jwcrypto import jwk

port, folder, redirect_uri, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.stdin.readline().strip()
issuer = f"http://localhost:{port}/o"

from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "provider.db")}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"],
    LOGIN_URL="/login",
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": issuer,
        "OIDC_RSA_PRIVATE_KEY": jwk.JWK.generate(kty="RSA", size=2048).export_to_pem(private_key=True, password=None).decode(),
        "OAUTH2_VALIDATOR_CLASS": "__main__.Validator",
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "who you are", "profile": "your name", "email": "your address"},
    },
    ROOT_URLCONF="__main__",
    SECRET_KEY=os.urandom(32).hex(),
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {
            "registration/login.html": "<!doctype html><title>Provider</title><form method=post>{% csrf_token %}{{ form.as_p }}<button>Sign in</button></form>",
            "oauth2_provider/authorize.html": "<!doctype html><title>No</title>{{ error.description }}",
        })]},
    }],
    USE_TZ=True,
)

import django

django.setup()

from django.contrib.auth import get_user_model
from django.contrib.auth.views import LoginView
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from oauth2_provider import views
from oauth2_provider.models import get_application_model
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request):
        return {"preferred_username": request.user.username, "email": request.user.email, "email_verified": True}


urlpatterns = [
    path("login", LoginView.as_view()),
    path("o/", include(([
        path("authorize", views.AuthorizationView.as_view(), name="authorize"),
        path("token", views.TokenView.as_view(), name="token"),
        path(".well-known/openid-configuration", views.ConnectDiscoveryInfoView.as_view(), name="oidc-connect-discovery-info"),
        path("keys", views.JwksInfoView.as_view(), name="jwks-info"),
        path("userinfo", views.UserInfoView.as_view(), name="user-info"),
    ], "oauth2_provider"), namespace="oauth2_provider")),
]


class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True


call_command("migrate", verbosity=0)
get_user_model().objects.create_user("alice", "alice@example.test", "the password there")
Application = get_application_model()
Application(
    client_id="waxseal", client_secret=secret, redirect_uris=redirect_uri, client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE, skip_authorization=True, algorithm=Application.RS256_ALGORITHM,
).save()
with simple_server.make_server("127.0.0.1", port, get_wsgi_application(), Server) as server:
    server.serve_forever()
