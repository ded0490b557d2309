"""An authorization server of Authlib on Flask, put together as its documentation does: server.py PORT CLIENTS REDIS_PORT.

`validate_jti` is the example of its reference, word for word but for the name of the store.
"""

import json
import os
import sys

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion, JWTBearerGrant
from flask import Flask
from joserfc.jwk import KeySet
from redis import Redis

port, clients_file, redis_port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
token_url = f"http://127.0.0.1:{port}/token"
redis = Redis(port=redis_port)
# Its servers demand TLS otherwise, which ends in front of most.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"


class Client(ClientMixin):
    def __init__(self, name, jwks, grant_type, subject=None):
        self.name, self.jwks, self.grant_type, self.subject = name, jwks, grant_type, subject

    def get_client_id(self):
        return self.name

    def get_allowed_scope(self, scope):
        return scope if scope == "api" else ""

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "private_key_jwt"

    def check_grant_type(self, grant_type):
        return grant_type == self.grant_type


with open(clients_file, encoding="utf-8") as file:
    registered = json.load(file)
CLIENTS = {each["client_id"]: Client(each["client_id"], each["jwks"], "client_credentials") for each in registered["clients"]}
ISSUERS = {
    each["issuer"]: Client(each["issuer"], each["jwks"], JWTBearerGrant.GRANT_TYPE, each["subject"])
    for each in registered["issuers"]
}


class ClientAuth(JWTBearerClientAssertion):
    CLIENT_AUTH_METHOD = "private_key_jwt"

    def get_audiences(self):
        return [token_url]

    def validate_jti(self, claims, jti):
        key = "jti:{}-{}".format(claims["sub"], jti)
        if redis.get(key):
            return False
        redis.set(key, 1, ex=3600)
        return True

    def resolve_client_public_key(self, client):
        return KeySet.import_key_set(client.jwks)


class Machines(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["private_key_jwt"]


class Assertions(JWTBearerGrant):
    def get_audiences(self):
        return [token_url]

    def resolve_issuer_client(self, issuer):
        return ISSUERS.get(issuer)

    def resolve_client_public_key(self, client):
        return KeySet.import_key_set(client.jwks)

    def authenticate_user(self, subject):
        return subject if any(subject == each.subject for each in ISSUERS.values()) else None

    def has_granted_permission(self, client, user):
        return client.subject == user


app = Flask(__name__)
server = AuthorizationServer(app, query_client=CLIENTS.get, save_token=lambda token, request: None)
server.register_client_auth_method("private_key_jwt", ClientAuth())
server.register_grant(Machines)
server.register_grant(Assertions)


@app.post("/token")
def token():
    return server.create_token_response()


app.run("127.0.0.1", port, threaded=True)
