package io.mediakeep.outbound.http;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client for each test, which resolves two names to 127.0.0.1. */
abstract class OutboundFixture {
    static final String OK = "HTTP/1.1 200 OK\r\n";
    static final String HELLO = OK + "Content-Length: 5\r\n\r\nhello";

    final TestResolver names =
            new TestResolver().add("site.example", "127.0.0.1").add("other.example", "127.0.0.1");
    TestOutboundClient client;

    @BeforeEach
    void openClient() throws IOException {
        client = new TestOutboundClient(names);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }
}
