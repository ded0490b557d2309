package cupel;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.apache.cxf.jaxrs.utils.ExceptionUtils;
import org.apache.cxf.rs.security.jose.jws.JwsSignatureVerifier;
import org.apache.cxf.rs.security.jose.jwt.JwtToken;
import org.apache.cxf.rs.security.oauth2.common.OAuthError;
import org.apache.cxf.rs.security.oauth2.grants.jwt.JwtBearerAuthHandler;
import org.apache.cxf.rs.security.oauth2.utils.OAuthConstants;

/** Client assertions, verified with the keys of the client that they name as their subject. */
final class Clients extends JwtBearerAuthHandler {
  private final Map<Object, Keys> keys;
  private final boolean caught;

  /** Where caught, what the filter throws is answered invalid_client, as AccessTokenService has it. */
  Clients(Map<Object, Keys> keys, boolean caught) {
    this.keys = keys;
    this.caught = caught;
  }

  @Override
  protected JwsSignatureVerifier getInitializedSignatureVerifier(JwtToken jwt) {
    var known = keys.get(jwt.getClaim("sub"));
    return known == null ? null : known.named(jwt.getJwsHeaders());
  }

  @Override
  public void filter(ContainerRequestContext context) {
    try {
      super.filter(context);
    } catch (WebApplicationException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!caught) throw e;
      var error = new OAuthError(OAuthConstants.INVALID_CLIENT);
      var response = Response.status(401).type(MediaType.APPLICATION_JSON_TYPE).entity(error).build();
      throw ExceptionUtils.toNotAuthorizedException(null, response);
    }
  }
}
