package io.mediakeep.testing.server;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A federation for all tests of a class, with a homeserver for each test. */
public abstract class FederationFixture {
    /** The federation. */
    protected static TestFederation federation;

    private static SSLContext tls;

    /** The homeserver, without any media. */
    protected RemoteHomeserver origin;

    @BeforeAll
    protected static void openFederation(@TempDir Path directory) throws Exception {
        federation = new TestFederation(directory);
        tls = federation.certificates().server(federation.address());
    }

    @AfterAll
    protected static void closeFederation() throws IOException {
        federation.close();
    }

    @BeforeEach
    protected void openOrigin() throws IOException {
        origin = new RemoteHomeserver(federation.address(), 0, tls);
    }

    @AfterEach
    protected void closeOrigin() {
        origin.close();
    }
}
