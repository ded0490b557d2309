package cupel;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.auth.verifier.ExpendedJTIChecker;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The used identifiers of each client, for as long as their assertions are taken. The verifier tells their end, and takes
 * them for a minute more (DefaultJWTClaimsVerifier.DEFAULT_MAX_CLOCK_SKEW_SECONDS), of which it says nothing here.
 */
final class Memory implements ExpendedJTIChecker<Void> {
  private record Used(ClientID client, JWTID identifier) {}

  private final Map<Used, Long> untilMillis = new ConcurrentHashMap<>();
  private final long keptMillis;

  Memory(long keptSeconds) {
    keptMillis = keptSeconds * 1000;
  }

  @Override
  public boolean isExpended(
      JWTID jti, ClientID client, ClientAuthenticationMethod method, Context<Void> context) {
    var until = untilMillis.get(new Used(client, jti));
    return until != null && System.currentTimeMillis() < until;
  }

  @Override
  public void markExpended(
      JWTID jti, Date exp, ClientID client, ClientAuthenticationMethod method, Context<Void> context) {
    untilMillis.put(new Used(client, jti), exp.getTime() + keptMillis);
  }
}
