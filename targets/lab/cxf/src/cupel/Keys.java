package cupel;

import java.util.List;
import java.util.Map;
import org.apache.cxf.rs.security.jose.jwk.JsonWebKey;
import org.apache.cxf.rs.security.jose.jws.JwsHeaders;
import org.apache.cxf.rs.security.jose.jws.JwsSignatureVerifier;
import org.apache.cxf.rs.security.jose.jws.JwsUtils;

/** The keys that one party is registered with, each with its algorithm. */
final class Keys {
  private final List<JsonWebKey> keys;

  @SuppressWarnings("unchecked")
  Keys(Map<String, Object> party) {
    var set = (Map<String, Object>) party.get("jwks");
    keys = ((List<Map<String, Object>>) set.get("keys")).stream().map(JsonWebKey::new).toList();
  }

  /** The one that the header names, or, where it names none, that of its algorithm; null if there is none. */
  JwsSignatureVerifier named(JwsHeaders header) {
    var kid = header.getHeader("kid");
    var named = kid == null ? header.getHeader("alg") : kid;
    for (var key : keys)
      if ((kid == null ? key.getAlgorithm() : key.getKeyId()).equals(named))
        return JwsUtils.getSignatureVerifier(key);
    return null;
  }
}
