"""The authorization server of idpy-oidc, as its documentation puts one together: server.py PORT CLIENTS.

One process with threads, whose view is that of its Flask example: a request that cannot be parsed, and so one of a client
that was not authenticated, is answered with 400 and what the exception is called for.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from idpyoidc.message.oauth2 import ResponseMessage
from idpyoidc.server import Server
from idpyoidc.server.authz import AuthzHandling
from idpyoidc.server.client_authn import verify_client
from idpyoidc.server.configure import ASConfiguration
from idpyoidc.server.exception import ClientAuthenticationError, UnAuthorizedClient, UnknownClient
from idpyoidc.server.oauth2.token import Token
from idpyoidc.server.user_info import UserInfo

port, clients_file = int(sys.argv[1]), sys.argv[2]
issuer = f"http://127.0.0.1:{port}"
KEYS = [{"type": "EC", "crv": "P-256", "use": ["sig"]}]
SECRETS = {
    "kwargs": {
        "keys": {"key_defs": [{"type": "OCT", "use": ["enc"], "kid": kid} for kid in ("password", "salt")]},
        "iterations": 1,
    }
}
config = {
    "issuer": issuer,
    "httpc_params": {"verify": False},
    "preference": {"grant_types_supported": ["client_credentials"]},
    "keys": {"uri_path": "jwks.json", "key_defs": KEYS, "read_only": False},
    "token_handler_args": {
        "jwks_defs": {"key_defs": KEYS},
        "token": {
            "class": "idpyoidc.server.token.jwt_token.JWTToken",
            "kwargs": {"lifetime": 600, "aud": ["https://resource.example"]},
        },
    },
    "endpoint": {
        "token": {
            "path": "token",
            "class": Token,
            "kwargs": {"client_authn_method": ["private_key_jwt"]},
        },
    },
    "client_authn": verify_client,
    "claims_interface": {"class": "idpyoidc.server.session.claims.OAuth2ClaimsInterface", "kwargs": {}},
    "authz": {
        "class": AuthzHandling,
        "kwargs": {"grant_config": {"usage_rules": {"access_token": {"expires_in": 600}}, "expires_in": 43200}},
    },
    "session_params": {"encrypter": {"encrypter": SECRETS}},
    "userinfo": {"class": UserInfo, "kwargs": {"db": {}}},
}
server = Server(ASConfiguration(conf=config, base_path="."), cwd=".")
with open(clients_file, encoding="utf-8") as file:
    for client in json.load(file)["clients"]:
        name = client["client_id"]
        server.context.cdb[name] = {
            "client_id": name,
            "client_salt": "salted",
            "redirect_uris": [],
            "allowed_scopes": ["api"],
            "token_endpoint_auth_method": "private_key_jwt",
            "client_authn_method": ["private_key_jwt"],
        }
        server.keyjar.import_jwks(client["jwks"], name)
token = server.get_endpoint("token")


ONE_BY_ONE = threading.Lock()


def forget_session(client_id):
    """Its client_credentials cannot be used again by whoever has a session of them (client_credentials.py 42)."""
    sessions = server.context.session_manager
    try:
        sessions.delete(["client_credentials", client_id])
    except KeyError:
        pass


def answered(body, headers):
    """What the example's view does: parse, process, respond."""
    try:
        request = token.parse_request(dict(parse_qsl(body)), http_info={"headers": headers, "method": "POST", "url": issuer + "/token"})
    except (ClientAuthenticationError, UnAuthorizedClient, UnknownClient) as error:
        return 401, {"error": "invalid_client", "error_description": str(error)}
    except Exception as error:
        return 400, {"error": "invalid_request", "error_description": str(error)}
    if isinstance(request, ResponseMessage) and "error" in request:
        return 400, request.to_dict()
    with ONE_BY_ONE:
        forget_session(request["client_id"])
        args = token.process_request(request)
    if "error" in args:
        return 400, dict(args)
    return 200, dict(args.get("response_args", args))


class View(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length).decode("utf-8", "replace")
        status, told = answered(body, dict(self.headers.items()))
        text = json.dumps(told, default=str).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Pragma", "no-cache")
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), View).serve_forever()
