// A token endpoint made of fosite, which Ory Hydra is made of, with the memory that comes with it:
// `fosite PORT CLIENTS`, where CLIENTS is the file that Cupel writes for `{clients}`.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"
	"github.com/ory/fosite/handler/openid"
	"github.com/ory/fosite/storage"
	"github.com/ory/fosite/token/jwt"
)

const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"

type registration struct {
	Clients []struct {
		ID   string             `json:"client_id"`
		Jwks jose.JSONWebKeySet `json:"jwks"`
	} `json:"clients"`
	Issuers []struct {
		Issuer  string             `json:"issuer"`
		Subject string             `json:"subject"`
		Jwks    jose.JSONWebKeySet `json:"jwks"`
	} `json:"issuers"`
}

func main() {
	port, file := os.Args[1], os.Args[2]
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	var given registration
	if err := json.Unmarshal(text, &given); err != nil {
		log.Fatal(err)
	}
	config := &fosite.Config{
		TokenURL:                            "http://127.0.0.1:" + port + "/token",
		GlobalSecret:                        []byte("thirty-two octets, and no secret"),
		GrantTypeJWTBearerCanSkipClientAuth: true,
	}
	provider := compose.Compose(config, stored(given), &compose.CommonStrategy{
		CoreStrategy: compose.NewOAuth2HMACStrategy(config),
	}, compose.OAuth2ClientCredentialsGrantFactory, compose.RFC7523AssertionGrantFactory)
	http.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		session := &openid.DefaultSession{Claims: &jwt.IDTokenClaims{}, Headers: &jwt.Headers{}}
		request, err := provider.NewAccessRequest(r.Context(), r, session)
		if err != nil {
			provider.WriteAccessError(r.Context(), w, request, err)
			return
		}
		response, err := provider.NewAccessResponse(r.Context(), request)
		if err != nil {
			provider.WriteAccessError(r.Context(), w, request, err)
			return
		}
		provider.WriteAccessResponse(r.Context(), w, request, response)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func stored(given registration) *storage.MemoryStore {
	store := storage.NewMemoryStore()
	for _, client := range given.Clients {
		store.Clients[client.ID] = &fosite.DefaultOpenIDConnectClient{
			DefaultClient: &fosite.DefaultClient{
				ID:         client.ID,
				GrantTypes: []string{"client_credentials", jwtBearer},
				Scopes:     []string{"api"},
			},
			JSONWebKeys:                       forSignatures(client.Jwks),
			TokenEndpointAuthMethod:           "private_key_jwt",
			TokenEndpointAuthSigningAlgorithm: "ES256",
		}
	}
	for _, issuer := range given.Issuers {
		keys := map[string]storage.PublicKeyScopes{}
		for index, key := range forSignatures(issuer.Jwks).Keys {
			keys[key.KeyID] = storage.PublicKeyScopes{Key: &issuer.Jwks.Keys[index], Scopes: []string{"api"}}
		}
		store.IssuerPublicKeys[issuer.Issuer] = storage.IssuerPublicKeys{
			Issuer: issuer.Issuer,
			KeysBySub: map[string]storage.SubjectPublicKeys{
				issuer.Subject: {Subject: issuer.Subject, Keys: keys},
			},
		}
	}
	return store
}

// A key that does not say what it is for is not found (client_authentication.go).
func forSignatures(set jose.JSONWebKeySet) *jose.JSONWebKeySet {
	for index := range set.Keys {
		set.Keys[index].Use = "sig"
	}
	return &set
}
