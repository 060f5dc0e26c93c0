package io.mediakeep.outbound.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The trusted certificate authorities: those of the Java runtime, and those in a file of the operator. */
final class TrustStore {
    /**
     * How many TLS sessions are cached to be resumed. Each holds the certificates of its server and its tickets, tens
     * of kilobytes if the server sends as much; the JDK's own limit is 20,480.
     */
    static final int MAX_SESSIONS = 500;

    private TrustStore() {}

    /** @throws IOException when the file cannot be read, or has no certificates (PEM) */
    static SSLContext context(Optional<Path> file) throws IOException {
        try {
            TrustManagerFactory managers = trustManagers(null);
            if (file.isPresent()) {
                List<Certificate> authorities = new ArrayList<>(readPem(file.get()));
                for (TrustManager manager : managers.getTrustManagers()) {
                    if (manager instanceof X509TrustManager known) {
                        authorities.addAll(List.of(known.getAcceptedIssuers()));
                    }
                }
                managers = trustManagers(storeOf(authorities));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            context.getClientSessionContext().setSessionCacheSize(MAX_SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the trusted certificates: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> readPem(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (certificates.isEmpty()) {
                throw new IOException("no certificate in " + file);
            }
            return certificates;
        }
    }

    private static KeyStore storeOf(List<Certificate> authorities) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }

    /** @param store or null for that of the Java runtime */
    private static TrustManagerFactory trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers;
    }
}
