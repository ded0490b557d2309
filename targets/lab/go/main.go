// A resource server that verifies tokens with a library of Go: `go-verifiers LIBRARY PORT CLIENTS`.
//
// Each library is told the key, its algorithm, the audience and the issuer, as its own introduction shows. Beside it only
// what RFC 9068 section 4 asks for is looked at: the type, the end, and whom the token is about.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
)

// What is known of a token before it is verified, to find its key by, or after.
type token struct {
	header map[string]any
	issuer string
	claims map[string]any
}

type library struct {
	look   func(text string) (token, error)
	verify func(text string, key jose.JSONWebKey, audience, issuer string) (token, error)
}

var libraries = map[string]library{
	"golang-jwt": {look: lookGolangJwt, verify: verifyGolangJwt},
	"go-jose":    {look: lookGoJose, verify: verifyGoJose},
}

func lookGolangJwt(text string) (token, error) {
	parsed, _, err := jwt.NewParser().ParseUnverified(text, jwt.MapClaims{})
	if err != nil {
		return token{}, err
	}
	issuer, err := parsed.Claims.GetIssuer()
	return token{header: parsed.Header, issuer: issuer}, err
}

func verifyGolangJwt(text string, key jose.JSONWebKey, audience, issuer string) (token, error) {
	claims := jwt.MapClaims{}
	parsed, err := jwt.ParseWithClaims(text, claims,
		func(*jwt.Token) (any, error) { return key.Key, nil },
		jwt.WithValidMethods([]string{key.Algorithm}),
		jwt.WithAudience(audience), jwt.WithIssuer(issuer), jwt.WithExpirationRequired())
	if err != nil {
		return token{}, err
	}
	return token{header: parsed.Header, issuer: issuer, claims: claims}, nil
}

// Those of the keys that it may meet: which of them a key has is compared below.
var algorithms = []jose.SignatureAlgorithm{jose.ES256, jose.RS256}

func lookGoJose(text string) (token, error) {
	parsed, err := josejwt.ParseSigned(text, algorithms)
	if err != nil {
		return token{}, err
	}
	var claims josejwt.Claims
	if err := parsed.UnsafeClaimsWithoutVerification(&claims); err != nil {
		return token{}, err
	}
	return token{header: headerOf(parsed), issuer: claims.Issuer}, nil
}

func verifyGoJose(text string, key jose.JSONWebKey, audience, issuer string) (token, error) {
	parsed, err := josejwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(key.Algorithm)})
	if err != nil {
		return token{}, err
	}
	var claims josejwt.Claims
	rest := map[string]any{}
	if err := parsed.Claims(key.Key, &claims, &rest); err != nil {
		return token{}, err
	}
	expected := josejwt.Expected{Issuer: issuer, AnyAudience: josejwt.Audience{audience}, Time: time.Now()}
	if err := claims.ValidateWithLeeway(expected, 0); err != nil {
		return token{}, err
	}
	return token{header: headerOf(parsed), issuer: issuer, claims: rest}, nil
}

func headerOf(parsed *josejwt.JSONWebToken) map[string]any {
	header := map[string]any{"alg": parsed.Headers[0].Algorithm}
	if parsed.Headers[0].KeyID != "" {
		header["kid"] = parsed.Headers[0].KeyID
	}
	for name, value := range parsed.Headers[0].ExtraHeaders {
		header[string(name)] = value
	}
	return header
}

type registration struct {
	Issuers []struct {
		Issuer string             `json:"issuer"`
		Jwks   jose.JSONWebKeySet `json:"jwks"`
	} `json:"issuers"`
}

func (given registration) keyOf(asked token) (jose.JSONWebKey, error) {
	for _, entry := range given.Issuers {
		if entry.Issuer != asked.issuer {
			continue
		}
		kid, named := asked.header["kid"]
		for _, key := range entry.Jwks.Keys {
			if !named || key.KeyID == kid {
				return key, nil
			}
		}
	}
	return jose.JSONWebKey{}, errors.New("nobody has such a key")
}

func checkBeside(verified token) error {
	kind, _ := verified.header["typ"].(string)
	if !strings.EqualFold(kind, "at+jwt") && !strings.EqualFold(kind, "application/at+jwt") {
		return errors.New("it is no access token")
	}
	if _, ends := verified.claims["exp"]; !ends {
		return errors.New("it never ends")
	}
	if _, about := verified.claims["sub"].(string); !about {
		return errors.New("it is about nobody")
	}
	return nil
}

func main() {
	chosen, known := libraries[os.Args[1]]
	if !known {
		log.Fatal("no such library")
	}
	audience := "http://127.0.0.1:" + os.Args[2] + "/things"
	var given registration
	text, err := os.ReadFile(os.Args[3])
	if err == nil {
		err = json.Unmarshal(text, &given)
	}
	if err != nil {
		log.Fatal(err)
	}
	ask := func(text string) (token, error) {
		asked, err := chosen.look(text)
		if err != nil {
			return token{}, err
		}
		key, err := given.keyOf(asked)
		if err != nil {
			return token{}, err
		}
		verified, err := chosen.verify(text, key, audience, asked.issuer)
		if err != nil {
			return token{}, err
		}
		return verified, checkBeside(verified)
	}
	http.HandleFunc("/things", func(w http.ResponseWriter, r *http.Request) {
		scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "bearer") {
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		verified, err := ask(text)
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		json.NewEncoder(w).Encode(map[string]any{"sub": verified.claims["sub"]})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], nil))
}
