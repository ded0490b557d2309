package cupel;

import java.io.File;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Authorization Server as it comes, for machines: `java -jar … PORT CLIENTS`, where CLIENTS is the file that Cupel
 * writes for `{clients}`. Keys of clients are fetched from an address (JwtClientAssertionDecoderFactory), so it serves them.
 */
@SpringBootApplication
@RestController
public class Server {

    private static Registration given;

    record Registration(String issuer, List<Client> clients, List<Object> issuers) {
    }

    record Client(String client_id, Map<String, Object> jwks) {
    }

    public static void main(String[] arguments) throws IOException {
        given = JsonMapper.builder().build().readValue(new File(arguments[1]), Registration.class);
        SpringApplication.run(Server.class, "--server.address=127.0.0.1", "--server.port=" + arguments[0],
                "--server.tomcat.mbeanregistry.enabled=false", "--logging.level.root=warn");
    }

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServer(HttpSecurity http) throws Exception {
        http.oauth2AuthorizationServer(server -> http.securityMatcher(server.getEndpointsMatcher()));
        return http.authorizeHttpRequests(any -> any.anyRequest().authenticated()).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(any -> any.anyRequest().permitAll()).build();
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(given.clients().stream().map(Server::registered).toList());
    }

    private static RegisteredClient registered(Client client) {
        return RegisteredClient.withId(client.client_id())
                .clientId(client.client_id())
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("api")
                .clientSettings(ClientSettings.builder()
                        .jwkSetUrl(given.issuer() + "/keys/" + client.client_id())
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                        .build())
                .build();
    }

    @GetMapping("/keys/{id}")
    Map<String, Object> keys(@PathVariable String id) {
        return given.clients().stream().filter(client -> client.client_id().equals(id)).findFirst().orElseThrow().jwks();
    }

    /** What its own access tokens are signed with. */
    @Bean
    JWKSource<SecurityContext> ownKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var key = new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey((RSAPrivateKey) pair.getPrivate())
                .keyID("own").build();
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    AuthorizationServerSettings settings() {
        var settings = AuthorizationServerSettings.builder();
        return (System.getenv("UNNAMED") == null ? settings.issuer(given.issuer()) : settings).build();
    }
}
