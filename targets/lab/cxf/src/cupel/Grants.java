package cupel;

import java.util.Map;
import org.apache.cxf.rs.security.jose.jws.JwsHeaders;
import org.apache.cxf.rs.security.jose.jws.JwsJwtCompactConsumer;
import org.apache.cxf.rs.security.jose.jwt.JwtClaims;
import org.apache.cxf.rs.security.oauth2.common.Client;
import org.apache.cxf.rs.security.oauth2.grants.jwt.JwtBearerGrantHandler;
import org.apache.cxf.rs.security.oauth2.provider.OAuthServiceException;
import org.apache.cxf.rs.security.oauth2.utils.OAuthConstants;

/** Grants, verified with the keys of their issuer, which may speak of one subject. */
final class Grants extends JwtBearerGrantHandler {
  private final Map<Object, Issuer> issuers;

  Grants(Map<Object, Issuer> issuers) {
    this.issuers = issuers;
  }

  /** getInitializedSigVerifier is told of the header alone, and so could not tell issuers apart. */
  @Override
  protected void validateSignature(JwsHeaders header, String unsignedText, byte[] signature) {
    var issuer = issuers.get(new JwsJwtCompactConsumer(unsignedText + ".").getJwtClaims().getClaim("iss"));
    var verifier = issuer == null ? null : issuer.keys().named(header);
    if (verifier == null || !verifier.verify(header, unsignedText, signature))
      throw new OAuthServiceException(OAuthConstants.INVALID_GRANT);
  }

  @Override
  protected void validateClaims(Client client, JwtClaims claims) {
    super.validateClaims(client, claims);
    if (!issuers.get(claims.getIssuer()).subject().equals(claims.getSubject()))
      throw new OAuthServiceException(OAuthConstants.INVALID_GRANT);
  }
}
