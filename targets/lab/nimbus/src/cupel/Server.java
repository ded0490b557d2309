package cupel;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.assertions.jwt.JWTAssertionDetailsVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientAuthenticationVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.InvalidClientException;
import com.nimbusds.oauth2.sdk.auth.verifier.JWTAudienceCheck;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A token endpoint made of the OAuth 2.0 SDK with OpenID Connect extensions: `Server PORT CLIENTS`.
 *
 * <p>All that is looked at the library looks at; here is only what it asks of its user: keys, a memory, tokens.
 */
public final class Server {
  private final URI endpoint;
  private final Registered registered;
  private final ClientAuthenticationVerifier<Void> clients;
  private final DefaultJWTProcessor<SecurityContext> grants = new DefaultJWTProcessor<>();

  private Server(String issuer, Registered registered, Memory memory) {
    this.endpoint = URI.create(issuer + "/token");
    this.registered = registered;
    var audience = Set.of(new Audience(issuer));
    clients = new ClientAuthenticationVerifier<>(registered, audience, JWTAudienceCheck.STRICT, memory);
    grants.setJWTClaimsSetAwareJWSKeySelector(registered);
    grants.setJWTClaimsSetVerifier(new JWTAssertionDetailsVerifier(audience));
  }

  public static void main(String[] args) throws Exception {
    var given = JSONObjectUtils.parse(Files.readString(Path.of(args[1])));
    var clients = new HashMap<String, JWKSet>();
    for (var each : JSONObjectUtils.getJSONObjectArray(given, "clients"))
      clients.put((String) each.get("client_id"), keysOf(each));
    var issuers = new HashMap<String, Registered.Issuer>();
    for (var each : JSONObjectUtils.getJSONObjectArray(given, "issuers"))
      issuers.put(
          (String) each.get("issuer"),
          new Registered.Issuer((String) each.get("subject"), keysOf(each)));
    var kept = System.getenv().getOrDefault("KEPT_SECONDS", "61");
    var made =
        new Server(
            (String) given.get("issuer"),
            new Registered(clients, issuers),
            new Memory(Long.parseLong(kept)));
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/token", made::serve);
    server.start();
  }

  private static JWKSet keysOf(Map<String, Object> party) throws java.text.ParseException {
    return JWKSet.parse(JSONObjectUtils.getJSONObject(party, "jwks"));
  }

  private void serve(HttpExchange exchange) throws IOException {
    HTTPResponse response;
    try {
      response = answer(requestOf(exchange)).toHTTPResponse();
    } catch (ParseException e) {
      var error = e.getErrorObject();
      response = refusal(error == null ? OAuth2Error.INVALID_REQUEST : error);
    } catch (JOSEException | RuntimeException e) {
      if (System.getenv("WHY") != null) e.printStackTrace();
      response = refusal(OAuth2Error.SERVER_ERROR);
    }
    for (var header : response.getHeaderMap().entrySet())
      exchange.getResponseHeaders().put(header.getKey(), header.getValue());
    var body = response.getBody() == null ? "" : response.getBody();
    var octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.getStatusCode(), octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private HTTPRequest requestOf(HttpExchange exchange) throws IOException, ParseException {
    HTTPRequest request;
    try {
      request = new HTTPRequest(HTTPRequest.Method.valueOf(exchange.getRequestMethod()), endpoint);
    } catch (IllegalArgumentException e) {
      throw new ParseException("no method of that name", OAuth2Error.INVALID_REQUEST);
    }
    for (var header : exchange.getRequestHeaders().entrySet())
      request.setHeader(header.getKey(), header.getValue().toArray(String[]::new));
    request.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    return request;
  }

  private Response answer(HTTPRequest sent) throws ParseException, JOSEException {
    var request = TokenRequest.parse(sent);
    if (request.getClientAuthentication() != null) {
      try {
        clients.verify(request.getClientAuthentication(), null, null);
      } catch (InvalidClientException e) {
        return new TokenErrorResponse(OAuth2Error.INVALID_CLIENT);
      }
    }
    var grant = request.getAuthorizationGrant();
    if (grant instanceof JWTBearerGrant bearer) return granted(bearer);
    if (grant.getType().equals(GrantType.CLIENT_CREDENTIALS)) return token();
    return new TokenErrorResponse(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
  }

  private Response granted(JWTBearerGrant grant) throws JOSEException {
    try {
      var claims = grants.process(grant.getJWTAssertion(), null);
      // Whom an issuer may speak for is its user's to know.
      if (registered.issuers().get(claims.getIssuer()).subject().equals(claims.getSubject())) return token();
    } catch (BadJOSEException e) {
      if (System.getenv("WHY") != null) e.printStackTrace();
    }
    return new TokenErrorResponse(OAuth2Error.INVALID_GRANT);
  }

  private static Response token() {
    return new AccessTokenResponse(new Tokens(new BearerAccessToken(60, new Scope("api")), null));
  }

  private static HTTPResponse refusal(ErrorObject error) {
    return new TokenErrorResponse(error).toHTTPResponse();
  }
}
