package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	clientAssertion = "client_assertion"
	refreshToken    = "the one of whoever asks"
	userOfExample   = "id1"
)

// The example's storage, with clients and keys of our own, and a refresh token of each client that does not change.
type store struct {
	*storage.Storage
	clients map[string]op.Client
	keys    map[string]map[string]jose.JSONWebKey
}

func newStore(given registration, users storage.UserStore) *store {
	made := &store{
		storage.NewStorageWithClients(users, map[string]*storage.Client{}),
		map[string]op.Client{},
		map[string]map[string]jose.JSONWebKey{},
	}
	for _, party := range given.Clients {
		made.clients[party.ID] = client{storage.WebClient(party.ID, "")}
		made.keys[party.ID] = byID(party.Jwks)
	}
	for _, issuer := range given.Issuers {
		made.keys[issuer.Issuer] = byID(issuer.Jwks)
	}
	return made
}

func byID(set jose.JSONWebKeySet) map[string]jose.JSONWebKey {
	keys := map[string]jose.JSONWebKey{}
	for _, key := range set.Keys {
		keys[key.KeyID] = key
	}
	return keys
}

type client struct{ *storage.Client }

func (client) AuthMethod() oidc.AuthMethod { return oidc.AuthMethodPrivateKeyJWT }

func (client) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeRefreshToken}
}

// As the example's, with a key of any kind.
func (s *store) GetKeyByIDAndClientID(_ context.Context, keyID, clientID string) (*jose.JSONWebKey, error) {
	keys, ok := s.keys[clientID]
	if !ok {
		return nil, errors.New("clientID not found")
	}
	key, ok := keys[keyID]
	if !ok {
		return nil, errors.New("key not found")
	}
	return &key, nil
}

// The library asks for keys of clients and of those who issue grants alike; here it says whom it takes grants from.
func (s *store) ValidateJWTProfileScopes(_ context.Context, issuer string, _ []string) ([]string, error) {
	if _, ok := s.clients[issuer]; ok {
		return nil, oidc.ErrInvalidGrant()
	}
	return []string{"api"}, nil
}

type whoAsks struct{}

// "unknown client … is a plain error" (op.OPStorage)
func (s *store) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	found, ok := s.clients[id]
	if !ok {
		return nil, errors.New("client not found")
	}
	if asks, ok := ctx.Value(whoAsks{}).(*string); ok {
		*asks = id
	}
	return found, nil
}

// It is asked for after the client was authenticated (op.AuthorizeRefreshClient, op.LegacyServer.RefreshToken).
func (s *store) TokenRequestByRefreshToken(ctx context.Context, token string) (op.RefreshTokenRequest, error) {
	asks, ok := ctx.Value(whoAsks{}).(*string)
	if !ok || token != refreshToken {
		return nil, op.ErrInvalidRefreshToken
	}
	return &storage.RefreshTokenRequest{RefreshToken: &storage.RefreshToken{
		Token:         refreshToken,
		UserID:        userOfExample,
		ApplicationID: *asks,
		Audience:      []string{*asks},
		Scopes:        []string{"api"},
		AuthTime:      time.Now(),
	}}, nil
}

// The refresh token that came stays as it is, and no other is handed out.
func (s *store) CreateAccessAndRefreshTokens(ctx context.Context, request op.TokenRequest, _ string) (string, string, time.Time, error) {
	id, _, end, err := s.Storage.CreateAccessAndRefreshTokens(ctx, request, "")
	return id, "", end, err
}

// Client credentials take no assertion in this library (zitadel/oidc#890), and refresh tokens do: who shows an
// assertion asks for the latter. Nothing else is changed in what comes.
func forRefreshTokens(provider http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), whoAsks{}, new(string)))
		if err := r.ParseForm(); err == nil && r.Form.Has(clientAssertion) && r.Form.Get("grant_type") == "client_credentials" {
			r.Form.Set("grant_type", string(oidc.GrantTypeRefreshToken))
			r.Form.Set("refresh_token", refreshToken)
		}
		provider.ServeHTTP(w, r)
	})
}
