package cupel;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * A resource server that verifies tokens with a library of Java: `Server LIBRARY PORT CLIENTS`.
 *
 * <p>Each library is told the keys, their algorithm, the audience and the issuer, as its own introduction shows. Beside it
 * only what RFC 9068 section 4 asks for is looked at: the type, the end, and whom the token is about.
 */
public final class Server {
  /** What is known of a token that was verified. */
  private record Token(Object type, boolean ends, Object subject) {}

  /** An issuer and its keys, as the text of a JWK Set. */
  private record Issuer(String name, String jwks) {}

  private interface Library {
    Token verify(String token, Issuer issuer, String audience) throws Exception;
  }

  private static final Map<String, Library> LIBRARIES =
      Map.of(
          "java-jwt", Server::withJavaJwt,
          "nimbus-jose-jwt", Server::withNimbus,
          "jjwt", Server::withJjwt,
          "jose4j", Server::withJose4j);

  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    var library = LIBRARIES.get(args[0]);
    if (library == null) throw new IllegalArgumentException("no such library");
    var port = Integer.parseInt(args[1]);
    var audience = "http://127.0.0.1:" + port + "/things";
    var issuers = new ArrayList<Issuer>();
    for (var each : JSON.readTree(Files.readString(Path.of(args[2]))).get("issuers"))
      issuers.add(new Issuer(each.get("issuer").asText(), each.get("jwks").toString()));
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/things", exchange -> serve(exchange, library, issuers, audience));
    server.start();
  }

  private static void serve(
      HttpExchange exchange, Library library, List<Issuer> issuers, String audience)
      throws IOException {
    var given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null || !given.regionMatches(true, 0, "bearer ", 0, 7)) {
      answer(exchange, 401, "Bearer", Map.of());
      return;
    }
    // Nothing is read of a token before its library has: it is shown to each issuer's verifier in turn.
    for (var issuer : issuers) {
      try {
        var verified = library.verify(given.substring(7), issuer, audience);
        checkBeside(verified);
        answer(exchange, 200, null, Map.of("sub", verified.subject));
        return;
      } catch (Exception refused) {
        if (System.getenv("WHY") != null) System.err.println(issuer.name + ": " + refused);
      }
    }
    answer(exchange, 401, "Bearer error=\"invalid_token\"", Map.of());
  }

  private static Token withJavaJwt(String token, Issuer issuer, String audience) throws Exception {
    var verified =
        JWT.require(algorithmOf(keyNamed(issuer, JWT.decode(token).getKeyId())))
            .withIssuer(issuer.name)
            .withAudience(audience)
            .build()
            .verify(token);
    var type = verified.getHeaderClaim("typ").asString();
    return new Token(type, verified.getExpiresAt() != null, verified.getSubject());
  }

  private static JWK keyNamed(Issuer issuer, String kid) throws Exception {
    var keys = JWKSet.parse(issuer.jwks);
    var found = kid == null ? keys.getKeys().get(0) : keys.getKeyByKeyId(kid);
    if (found == null) throw new NoSuchElementException("nobody has such a key");
    return found;
  }

  private static Algorithm algorithmOf(JWK key) throws Exception {
    return key instanceof ECKey curve
        ? Algorithm.ECDSA256(curve.toECPublicKey(), null)
        : Algorithm.RSA256(key.toRSAKey().toRSAPublicKey(), null);
  }

  private static Token withNimbus(String token, Issuer issuer, String audience) throws Exception {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256),
            new ImmutableJWKSet<>(JWKSet.parse(issuer.jwks))));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            audience,
            new JWTClaimsSet.Builder().issuer(issuer.name).build(),
            Set.of("sub", "exp"));
    claims.setMaxClockSkew(0);
    processor.setJWTClaimsSetVerifier(claims);
    var verified = processor.process(token, null);
    var type = SignedJWT.parse(token).getHeader().getType();
    return new Token(type.getType(), verified.getExpirationTime() != null, verified.getSubject());
  }

  private static Token withJjwt(String token, Issuer issuer, String audience) {
    var keys = Jwks.setParser().build().parse(issuer.jwks).getKeys();
    var verified =
        Jwts.parser()
            .keyLocator(header -> keyNamed(keys, header.get("kid")))
            .requireIssuer(issuer.name)
            .requireAudience(audience)
            .build()
            .parseSignedClaims(token);
    var claims = verified.getPayload();
    return new Token(
        verified.getHeader().getType(), claims.getExpiration() != null, claims.getSubject());
  }

  private static Key keyNamed(Set<Jwk<?>> keys, Object kid) {
    for (var key : keys) if (kid == null || kid.equals(key.getId())) return key.toKey();
    return null;
  }

  private static Token withJose4j(String token, Issuer issuer, String audience) throws Exception {
    var consumer =
        new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setRequireSubject()
            .setExpectedIssuer(issuer.name)
            .setExpectedAudience(audience)
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(new JsonWebKeySet(issuer.jwks).getJsonWebKeys()))
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, "ES256", "RS256")
            .setExpectedType(true, "at+jwt")
            .build();
    var verified = consumer.process(token);
    var claims = verified.getJwtClaims();
    var type = verified.getJoseObjects().get(0).getHeader("typ");
    return new Token(type, claims.getExpirationTime() != null, claims.getSubject());
  }

  private static void checkBeside(Token verified) {
    var type = String.valueOf(verified.type).toLowerCase();
    if (!type.equals("at+jwt") && !type.equals("application/at+jwt"))
      throw new IllegalArgumentException("it is no access token");
    if (!verified.ends) throw new IllegalArgumentException("it never ends");
    if (!(verified.subject instanceof String))
      throw new IllegalArgumentException("it is about nobody");
  }

  private static void answer(HttpExchange exchange, int status, String challenge, Object body)
      throws IOException {
    var text = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    if (challenge != null) exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }
}
