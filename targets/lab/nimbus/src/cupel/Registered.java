package cupel;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.JWTClaimsSetAwareJWSKeySelector;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientCredentialsSelector;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.auth.verifier.InvalidClientException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.Key;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;

/** Whose keys are known, and which of them a header names, as the library's own selectors find them. */
record Registered(Map<String, JWKSet> clients, Map<String, Issuer> issuers)
    implements ClientCredentialsSelector<Void>, JWTClaimsSetAwareJWSKeySelector<SecurityContext> {
  record Issuer(String subject, JWKSet keys) {}

  @Override
  public List<Secret> selectClientSecrets(
      ClientID claimed, ClientAuthenticationMethod method, Context<Void> context) {
    return List.of();
  }

  @Override
  public List<? extends PublicKey> selectPublicKeys(
      ClientID claimed,
      ClientAuthenticationMethod method,
      JWSHeader header,
      boolean forceRefresh,
      Context<Void> context)
      throws InvalidClientException {
    var keys = clients.get(claimed.getValue());
    if (keys == null) throw InvalidClientException.NO_MATCHING_JWK;
    return named(header, keys).stream()
        .filter(PublicKey.class::isInstance)
        .map(PublicKey.class::cast)
        .toList();
  }

  @Override
  public List<? extends Key> selectKeys(JWSHeader header, JWTClaimsSet claims, SecurityContext context)
      throws KeySourceException {
    var issuer = issuers.get(claims.getIssuer());
    return issuer == null ? List.of() : named(header, issuer.keys());
  }

  private static List<Key> named(JWSHeader header, JWKSet keys) {
    var matcher = JWKMatcher.forJWSHeader(header);
    if (matcher == null) return List.of();
    return KeyConverter.toJavaKeys(new JWKSelector(matcher).select(keys));
  }
}
