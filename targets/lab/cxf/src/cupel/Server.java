package cupel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.json.basic.JsonMapObjectReaderWriter;
import org.apache.cxf.rs.security.jose.jwt.JwtConstants;
import org.apache.cxf.rs.security.oauth2.common.Client;
import org.apache.cxf.rs.security.oauth2.grants.clientcred.ClientCredentialsGrantHandler;
import org.apache.cxf.rs.security.oauth2.provider.DefaultEncryptingOAuthDataProvider;
import org.apache.cxf.rs.security.oauth2.provider.OAuthJSONProvider;
import org.apache.cxf.rs.security.oauth2.services.AccessTokenService;

/** A token endpoint of Apache CXF, put together as its own tests have it: `Server PORT CLIENTS`. */
public final class Server {
  private Server() {}

  public static void main(String[] args) throws Exception {
    var given = new JsonMapObjectReaderWriter().fromJson(Files.readString(Path.of(args[1])));
    var endpoint = given.get("issuer") + "/token";
    var provider = new DefaultEncryptingOAuthDataProvider("AES", 128);
    provider.setSupportedScopes(Map.of("api", "what there is"));
    var clients = new HashMap<Object, Keys>();
    for (var each : parties(given, "clients")) {
      var client = new Client((String) each.get("client_id"), null, true);
      client.setRegisteredScopes(List.of("api"));
      provider.setClient(client);
      clients.put(client.getClientId(), new Keys(each));
    }
    var issuers = new HashMap<Object, Issuer>();
    for (var each : parties(given, "issuers"))
      issuers.put(each.get("issuer"), new Issuer((String) each.get("subject"), new Keys(each)));

    var credentials = new ClientCredentialsGrantHandler();
    credentials.setDataProvider(provider);
    var bearer = new Grants(issuers);
    bearer.setDataProvider(provider);
    bearer.setAudience(endpoint);
    var tokens = new AccessTokenService();
    tokens.setDataProvider(provider);
    tokens.setGrantHandlers(List.of(credentials, bearer));
    var authentication = new Clients(clients, System.getenv("CAUGHT") != null);
    authentication.setClientProvider(provider);

    var server = new JAXRSServerFactoryBean();
    server.setAddress("http://127.0.0.1:" + args[0] + "/");
    server.setServiceBean(tokens);
    server.setProviders(List.of(authentication, new OAuthJSONProvider()));
    if (System.getenv("AUDIENCE") != null)
      server.setProperties(Map.of(JwtConstants.EXPECTED_CLAIM_AUDIENCE, endpoint));
    server.create();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> parties(Map<String, Object> given, String kind) {
    return (List<Map<String, Object>>) given.get(kind);
  }
}
