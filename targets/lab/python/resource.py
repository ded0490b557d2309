"""A resource server that verifies tokens with a library of Python: `resource.py LIBRARY PORT CLIENTS`.

Each library is told the key, the audience and the issuer, as its own introduction shows. Beside it only what
RFC 9068 section 4 asks for is looked at: the type, the end, and whom the token is about.
"""

import base64
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

AUDIENCE = "http://127.0.0.1:%s/things"


def pem_of(jwk):
    """The public key as the text that most introductions start from."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    def number(name):
        return int.from_bytes(octets(jwk[name]), "big")

    if jwk["kty"] == "RSA":
        key = rsa.RSAPublicNumbers(number("e"), number("n")).public_key()
    else:
        key = ec.EllipticCurvePublicNumbers(number("x"), number("y"), ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def with_pyjwt():
    import jwt

    def verify(token, key, audience, issuer):
        options = {"require": ["exp", "sub", "aud", "iss"]}
        header = jwt.get_unverified_header(token)
        algorithms = [key["alg"]]
        claims = jwt.decode(
            token, pem_of(key), algorithms=algorithms, audience=audience, issuer=issuer, options=options
        )
        return header, claims

    def look(token):
        return jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})

    return look, verify


def with_python_jose():
    from jose import jwt

    def verify(token, key, audience, issuer):
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, pem_of(key), algorithms=[key["alg"]], audience=audience, issuer=issuer)
        return header, claims

    def look(token):
        return jwt.get_unverified_header(token), jwt.get_unverified_claims(token)

    return look, verify


def with_authlib():
    from authlib.jose import jwt

    def verify(token, key, audience, issuer):
        wanted = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": audience},
            "exp": {"essential": True},
        }
        claims = jwt.decode(token, pem_of(key), claims_options=wanted)
        claims.validate()
        return claims.header, claims

    return look_by_hand, verify


def with_joserfc():
    from joserfc import jwt
    from joserfc.jwk import import_key

    def verify(token, key, audience, issuer):
        decoded = jwt.decode(token, import_key(key), algorithms=[key["alg"]])
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        ).validate(decoded.claims)
        return decoded.header, decoded.claims

    return look_by_hand, verify


def look_by_hand(token):
    """What the token says of itself, to find the key by."""
    header, claims = (json.loads(octets(part)) for part in token.split(".")[:2])
    return header, claims


def octets(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


LIBRARIES = {
    "pyjwt": with_pyjwt,
    "python-jose": with_python_jose,
    "authlib": with_authlib,
    "joserfc": with_joserfc,
}


def key_named(issuers, header, claims):
    for entry in issuers:
        if entry["issuer"] == claims["iss"]:
            keys = entry["jwks"]["keys"]
            if "kid" not in header:
                return entry["issuer"], keys[0]
            return entry["issuer"], next(key for key in keys if key["kid"] == header["kid"])
    raise LookupError("nobody has such a key")


def check_beside(header, claims):
    if str(header.get("typ", "")).lower() not in ("at+jwt", "application/at+jwt"):
        raise ValueError("it is no access token")
    if "exp" not in claims or not isinstance(claims.get("sub"), str):
        raise ValueError("it never ends, or is about nobody")


def main(library, port, clients_file):
    look, verify = LIBRARIES[library.partition("==")[0]]()
    with open(clients_file, encoding="utf-8") as file:
        issuers = json.load(file)["issuers"]

    class Resource(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            self.close_connection = False
            scheme, _, token = self.headers.get("authorization", "").partition(" ")
            if scheme.lower() != "bearer":
                return self.answer(401, "Bearer", {})
            try:
                issuer, key = key_named(issuers, *look(token))
                header, claims = verify(token, key, AUDIENCE % port, issuer)
                check_beside(header, claims)
            except Exception:
                return self.answer(401, 'Bearer error="invalid_token"', {})
            return self.answer(200, None, {"sub": claims["sub"]})

        def answer(self, status, challenge, body):
            text = json.dumps(body).encode()
            self.send_response(status)
            if challenge is not None:
                self.send_header("WWW-Authenticate", challenge)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    ThreadingHTTPServer(("127.0.0.1", int(port)), Resource).serve_forever()


main(*sys.argv[1:])
