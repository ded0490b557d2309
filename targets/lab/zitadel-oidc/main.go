// An OpenID provider made of zitadel/oidc, with the storage of its own example:
// `zitadel-oidc PORT CLIENTS`, where CLIENTS is the file that Cupel writes for `{clients}`.
package main

import (
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

type party struct {
	ID   string             `json:"client_id"`
	Jwks jose.JSONWebKeySet `json:"jwks"`
}

type registration struct {
	Issuer  string  `json:"issuer"`
	Clients []party `json:"clients"`
	Issuers []struct {
		Issuer string             `json:"issuer"`
		Jwks   jose.JSONWebKeySet `json:"jwks"`
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
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel()})))
	users := storage.NewUserStore(given.Issuer)
	// As in exampleop.newOP.
	provider, err := op.NewProvider(&op.Config{
		CryptoKey:               [32]byte([]byte("thirty-two octets, and no secret")),
		AuthMethodPrivateKeyJWT: true,
		GrantTypeRefreshToken:   true,
	}, newStore(given, users), issuerOf(given), op.WithAllowInsecure())
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, forRefreshTokens(handlerOf(provider))))
}

// Who it is: what it is told, or with UNNAMED whatever the request calls it.
func issuerOf(given registration) func(bool) (op.IssuerFromRequest, error) {
	if os.Getenv("UNNAMED") != "" {
		return op.IssuerFromHost("")
	}
	return op.StaticIssuer(given.Issuer)
}

// The two ways to serve a provider that the example has (exampleop.SetupServer).
func handlerOf(provider *op.Provider) http.Handler {
	if os.Getenv("HANDLER") == "legacy-server" {
		return op.RegisterLegacyServer(op.NewLegacyServer(provider, *op.DefaultEndpoints), op.AuthorizeCallbackHandler(provider))
	}
	return provider
}

func logLevel() slog.Level {
	if os.Getenv("VERBOSE") != "" {
		return slog.LevelDebug
	}
	return slog.LevelError + 1
}
