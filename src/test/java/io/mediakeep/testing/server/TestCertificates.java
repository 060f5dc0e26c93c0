package io.mediakeep.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority for a test, and certificates that it signs. */
public final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "authority";

    private final Path store;
    private final Path authority;
    private int servers;

    /** Creates the authority in a directory of the test. */
    public TestCertificates(Path directory) throws Exception {
        store = directory.resolve("test-certificates.p12");
        authority = directory.resolve("test-authority.pem");
        keytool("-alias", AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
        byte[] certificate = load().getCertificate(AUTHORITY).getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        Files.writeString(authority, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /** The authority's certificate (PEM). */
    public Path authority() {
        return authority;
    }

    /** TLS for a server with these names and addresses, signed by the authority. */
    public SSLContext server(String... names) throws Exception {
        return server(List.of("-signer", AUTHORITY, "-ext", namesOf(names)));
    }

    /** TLS for a server whose certificate expired yesterday. */
    public SSLContext expiredServer(String... names) throws Exception {
        return server(List.of("-signer", AUTHORITY, "-ext", namesOf(names), "-startdate", "-3d", "-validity", "2"));
    }

    /** TLS for a server with a self-signed certificate. */
    public SSLContext selfSignedServer(String... names) throws Exception {
        return server(List.of("-ext", namesOf(names)));
    }

    private SSLContext server(List<String> options) throws Exception {
        String alias = "server-" + servers++;
        List<String> all = new ArrayList<>(List.of("-alias", alias, "-dname", "CN=" + alias));
        all.addAll(options);
        keytool(all.toArray(String[]::new));
        KeyStore whole = load();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(alias, whole.getKey(alias, PASSWORD), PASSWORD, whole.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String namesOf(String... names) {
        return Arrays.stream(names)
                .map(name -> (name.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + name)
                .collect(Collectors.joining(",", "san=", ""));
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore whole = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            whole.load(in, PASSWORD);
        }
        return whole;
    }

    private void keytool(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
